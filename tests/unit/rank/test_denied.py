"""A rep who says "not about them" teaches who the account is: at once, and for that account alone."""

from __future__ import annotations

import pytest

from precall.config import Ranking as RankingConfig
from precall.feedback import Denial, denial_of
from precall.model import Account, AccountProfile, Mention, Prospect
from rank.denied import DENIED, FROM_THERE, with_namesakes
from rank.logic import Situation, rank
from tests.unit.rank.given import collection, mention

DELTA = Prospect(account=Account(name="Delta Air Lines", domain="delta.com", industry="airlines"))
GOOD = mention("Delta opens a lounge for airline passengers at JFK", outlet="travel.example")
ALGEBRA = mention("Delta flies high as airlines recover, says the maths club", outlet="maths.example")


def ranked(mentions: list[Mention], *denials: Denial) -> tuple[list[str], dict[str, int]]:
    given = collection(mentions).model_copy(update={"prospect": DELTA})
    found = rank(given, RankingConfig(), None, Situation(denials=denials))
    return [story.headline for story in found.stories], found.set_aside


def denied(wrong: Mention) -> Denial:
    given = collection([wrong]).model_copy(update={"prospect": DELTA})
    (story,) = rank(given, RankingConfig()).stories
    return denial_of(story, given.mentions)


def test_what_was_denied_is_set_aside_with_the_reason_and_so_is_its_copy() -> None:
    copy = mention(ALGEBRA.title, outlet="copies.example")
    shown, aside = ranked([GOOD, ALGEBRA, copy], denied(ALGEBRA))
    assert shown == [GOOD.title]
    assert aside[DENIED] == 2


def test_nothing_else_goes_with_it() -> None:
    before, _ = ranked([GOOD, ALGEBRA])
    assert set(before) == {GOOD.title, ALGEBRA.title}
    assert ranked([GOOD], denied(ALGEBRA))[0] == [GOOD.title]


def test_an_outlet_that_was_wrong_twice_must_be_certain() -> None:
    more = mention("Delta and other airlines in the pupils' quiz", outlet="maths.example")
    named = mention("Delta.com sells airline tickets", "See delta.com for flights.", outlet="maths.example")
    twice = Denial(mention_ids=("x",), outlets=("maths.example",), headlines=("Pupils love the delta",))
    shown, aside = ranked([more, named], denied(ALGEBRA), twice)
    assert shown == [named.title]
    assert aside[FROM_THERE] == 1


@pytest.mark.parametrize(
    ("headline", "namesake"),
    [
        ("Shares of Delta Corp fall after a court ruling on casinos", "Delta Corp"),
        ("Delta Corp Shares Plunge After Casino Ruling", "Delta Corp"),
        ("The people of Camden Delta meet the mayor about their roads", "Camden Delta"),
        ("Delta Air Lines orders jets and hires many more pilots", None),
        ("Delta opens a lounge", None),
        ("Delta Opens New Lounge For Passengers", None),
    ],
)
def test_a_longer_name_in_a_denied_headline_is_a_namesake(headline: str, namesake: str | None) -> None:
    found = with_namesakes(AccountProfile(), DELTA, [Denial(headlines=(headline,))]).namesakes
    assert [each.name for each in found] == ([namesake] if namesake else [])


def test_the_namesake_is_known_in_other_headlines() -> None:
    wrong = Denial(mention_ids=("x",), headlines=("Shares of Delta Corp fall after a court ruling on casinos",))
    shown, _ = ranked(
        [GOOD, mention("Delta Corp opens a lounge for airline staff in Goa", outlet="goa.example")], wrong
    )
    assert shown == [GOOD.title]
