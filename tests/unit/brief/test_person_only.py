"""A person of whom no company is known: asked narrowly, told with doubt, never sold as theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from brief.evidence import Evidence
from brief.gate import check
from brief.render import as_html, as_note, as_page, as_text
from collect.queries import news_queries
from collect.question import Question
from collect.sources import SOURCES
from precall.errors import Unsupported
from precall.model import Account, Contact, Mention, Prospect, SignalKind, SourceReport, SourceState
from tests.unit.brief.full import with_signals
from tests.unit.brief.situation import LINK, brief_of, evidence, failure
from tests.unit.rank.given import NOW, judge_by_words, mention

ADA = Prospect(contact=Contact(name="Ada Berg", email="ada.berg@gmail.com", title="Head of Procurement"))
NAMED = mention(
    "Ada Berg on buying in a crisis",
    "“Nobody plans for a strike,” said Ada Berg, who leads procurement at a haulier in Linz. She raised 9 million.",
)
ANOTHER = mention("Ada Berg wins the half marathon", "Ada Berg, a teacher, came in first.", outlet="sport.example")
NOT_ASKED = tuple(
    SourceReport(source=name, label=name, state=SourceState.SKIPPED, reason="no company") for name in ("a", "b")
)


def known_of(prospect: Prospect = ADA, mentions: tuple[Mention, ...] = (NAMED, ANOTHER), **other: object) -> Evidence:
    return evidence(mentions, judge=judge_by_words, prospect=prospect, **other)


def question(prospect: Prospect) -> Question:
    return Question(prospect, NOW, 30, NOW)


def asked(prospect: Prospect) -> set[str]:
    return {source.name for source in SOURCES if source.lacks(question(prospect)) is None}


def test_only_news_is_asked_and_only_with_the_role() -> None:
    assert asked(ADA) == {"google_news", "bing_news"}
    assert news_queries(question(ADA)) == ['"Ada Berg" "Procurement"']


@pytest.mark.parametrize(
    "contact",
    [
        Contact(name="Ada Berg"),
        Contact(name="Ada Berg", title="Managing Director"),
        Contact(name="Ada", title="Head of Procurement"),
        Contact(email="ada.berg@gmail.com"),
    ],
)
def test_a_name_that_nothing_tells_from_others_is_looked_for_nowhere(contact: Contact) -> None:
    assert asked(Prospect(contact=contact)) == set()


def test_the_country_tells_them_from_others_too() -> None:
    prospect = Prospect(account=Account(country="Austria"), contact=Contact(name="Ada Berg"))
    assert news_queries(question(prospect)) == ['"Ada Berg" "Austria"']


def test_what_names_the_role_is_told_with_doubt_and_others_of_the_name_are_set_aside() -> None:
    told = brief_of(known_of())
    assert [story.headline.text for story in told.stories] == [NAMED.title]
    assert told.stories[0].doubtful
    assert told.bottom_line[0].text == "We know of no company for Ada Berg: ask for it first."
    assert "It may not be them" in told.bottom_line[1].text
    assert list(told.set_aside.values()) == [1]


def test_nothing_of_it_opens_the_call_or_speaks_of_their_mood_or_their_funding() -> None:
    known = known_of()
    assert known.ranking
    told = brief_of(replace(known, ranking=with_signals(known.ranking, crisis=SignalKind.FUNDING)))
    assert not told.signals
    assert not told.chatter
    assert all(story.sentiment.state == "not_scored" for story in told.stories)
    assert told.thin
    assert told.questions[0].template == "question_company"


@pytest.mark.parametrize(
    ("prospect", "mentions", "reports", "says"),
    [
        (ADA, (ANOTHER,), None, "none is clearly about Ada Berg"),
        (ADA, (), None, "Nothing about Ada Berg was found"),
        (Prospect(contact=Contact(name="Ada Berg")), (), NOT_ASKED, "a name alone finds others of that name"),
        (Prospect(contact=Contact(email="ada@gmail.com")), (), NOT_ASKED, "Nobody was asked about ada@gmail.com"),
    ],
)
def test_what_was_not_found_or_not_asked_is_said(
    prospect: Prospect, mentions: tuple[Mention, ...], reports: tuple[SourceReport, ...] | None, says: str
) -> None:
    told = brief_of(known_of(prospect, mentions, **({"reports": reports} if reports else {})))
    assert not told.partial, told.failures
    assert says in told.bottom_line[1].text


@pytest.mark.parametrize("step", ["collect", "rank"])
def test_it_survives_a_step_that_gave_up(step: str) -> None:
    known = known_of()
    known = replace(
        known, failures=(failure(step),), ranking=None, collection=known.collection if step == "rank" else None
    )
    assert brief_of(known).bottom_line[0].template == "no_company"


def test_a_company_hides_no_such_line() -> None:
    person, company = brief_of(known_of()), evidence()
    forged = brief_of(company).model_copy(update={"bottom_line": person.bottom_line[:1]})
    with pytest.raises(Unsupported, match="no_company"):
        check(forged, company)


def test_every_form_names_the_person_once_at_the_top() -> None:
    known = known_of()
    told = brief_of(known)
    page = as_page(told, known)
    assert re.search(r"<h1[^>]*>Ada Berg</h1>\s*<p[^>]*>Head of Procurement, ada.berg@gmail.com</p>", page)
    assert "ADA BERG\nHead of Procurement, ada.berg@gmail.com\n" in as_text(told)
    assert "We know of no company" in as_html(told)
    assert as_note(told).startswith("Ada Berg, call ")
    assert LINK in as_note(told)


def test_a_person_has_a_key_of_their_own() -> None:
    other = Prospect(contact=Contact(name="Ada Berg", email="berg@gmx.net"))
    nameless = Prospect(contact=Contact(name="Ada Berg", title="Teacher"))
    keys = {prospect.key for prospect in (ADA, other, nameless)}
    assert len(keys) == 3
    assert ADA.key == Prospect(contact=Contact(email="ADA.berg@gmail.com")).key


def test_the_newest_of_that_name_is_told_without_a_ranking() -> None:
    older = mention("Procurement: Ada Berg speaks", hours=30, outlet="old.example")
    known = replace(known_of(mentions=(older, NAMED, ANOTHER)), ranking=None, failures=(failure("rank"),))
    assert [story.headline.text for story in brief_of(known).stories] == [NAMED.title, older.title]
    assert timedelta(0) < NOW - (brief_of(known).stories[0].published_at or NOW)
