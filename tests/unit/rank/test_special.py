"""Special categories of data about the contact (GDPR, article 9) reach no brief; the company's news do."""

from __future__ import annotations

import pytest

from precall.config import Ranking as RankingConfig
from precall.model import Account, Contact, Prospect
from rank.logic import rank
from rank.special import PRIVATE
from tests.unit.rank.given import collection, mention

ADA = Prospect(
    account=Account(name="Kestrelon Logistics", domain="kestrelon.example"),
    contact=Contact(name="Ada Berg", title="Head of Operations"),
)
WORK = "Kestrelon Logistics names Ada Berg head of operations"


def ranked(*headlines: str) -> tuple[list[str], dict[str, int]]:
    given = collection([mention(title, outlet=f"o{n}.example") for n, title in enumerate(headlines)])
    found = rank(given.model_copy(update={"prospect": ADA}), RankingConfig())
    return [story.headline for story in found.stories], found.set_aside


@pytest.mark.parametrize(
    "headline",
    [
        "Kestrelon Logistics manager Ada Berg back at work after cancer",
        "Ada Berg of Kestrelon Logistics on her church and her faith",
        "Kestrelon Logistics: Ada Berg donates to the abortion campaign",
        "Ada Berg of Kestrelon Logistics files for divorce",
    ],
)
def test_what_is_private_of_the_contact_is_dropped_and_counted_without_its_words(headline: str) -> None:
    shown, aside = ranked(WORK, headline)
    assert shown == [WORK]
    assert aside[PRIVATE] == 1


def test_of_the_company_it_stays_and_is_marked() -> None:
    headline = "Kestrelon Logistics warehouse workers fall ill: hospital after gas leak"
    shown, aside = ranked(WORK, headline)
    assert set(shown) == {WORK, headline}
    assert PRIVATE not in aside


def test_a_person_s_work_stays() -> None:
    assert ranked(WORK) == ([WORK], {})
