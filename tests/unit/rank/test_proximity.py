"""Who is it about: the contact, the company, the company in passing, or somebody else."""

from __future__ import annotations

import pytest

from precall.model import Account, Kind, Mention, Prospect, Proximity
from rank.proximity import NAMESAKE, NOT_NAMED, ONLY_CONTACT, Judged, judge
from tests.unit.rank.given import HARBOR, KESTREL, mention


def one(title: str, text: str = "", prospect: Prospect = KESTREL, **other: object) -> Judged:
    return judge(prospect, [mention(title, text, **other)])[0]  # type: ignore[arg-type]


def proximity(judged: Judged) -> Proximity | None:
    return judged.closeness.proximity if judged.closeness else None


def test_the_contact_is_closer_than_the_headline_and_the_headline_closer_than_the_text() -> None:
    contact = one("Kestrelon names Ada Berg head of operations")
    first = one("Kestrelon opens a depot in Linz")
    later = one("Linz gets a depot as Kestrelon grows")
    lead = one("Linz gets a depot", "The owner is Kestrelon, a forwarder.")
    body = one("Linz gets a depot", "Hundreds of jobs are planned. " * 20 + "Neighbours include Kestrelon.")
    order = [contact, first, later, lead, body]
    values = [judged.closeness.value for judged in order if judged.closeness]
    assert len(values) == 5
    assert values == sorted(values, reverse=True)
    assert [proximity(judged) for judged in order] == [
        Proximity.CONTACT,
        Proximity.ACCOUNT,
        Proximity.ACCOUNT,
        Proximity.PASSING,
        Proximity.PASSING,
    ]


def test_what_the_company_publishes_or_links_to_is_about_the_company() -> None:
    assert proximity(one("We are hiring", url="https://blog.kestrelon.example/jobs")) is Proximity.ACCOUNT
    assert proximity(one("We are hiring", kind=Kind.FIRST_PARTY)) is Proximity.ACCOUNT
    assert proximity(one("A new tool", "Try it at kestrelon.example today.")) is Proximity.ACCOUNT
    assert proximity(one("We are hiring", url="https://notkestrelon.example/jobs")) is None


def test_what_does_not_name_them_is_set_aside_with_the_reason() -> None:
    assert one("Rain in Linz").reason == NOT_NAMED
    assert one("Ada Berg wins a chess cup").reason == ONLY_CONTACT


WORD_USES = [
    "A harbor seal was seen in the bay",
    "Harbor Lights Festival Draws Thousands",
    "New York Harbor closed after storm",
    "Pearl Harbor survivor dies at 101",
    "Where to Moor: the Ten Best Harbor Towns",
]


@pytest.mark.parametrize("title", WORD_USES)
def test_a_word_that_is_also_the_name_does_not_make_a_mention(title: str) -> None:
    judged = one(title, "Nobody was hurt.", prospect=HARBOR)
    assert judged.reason in {NAMESAKE, NOT_NAMED} or judged.doubtful


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Harbor buys two ships", "The container shipping line Harbor pays $40 million."),
        ("Harbor CEO steps down after a record year", "The shipping group looks for a successor."),
        ("Harbor Makes a Move", "Lena Ruiz explained the step."),
        ("Harbor Makes a Move", "More at harbor.example today."),
    ],
)
def test_the_word_counts_beside_the_contact_the_domain_the_industry_or_an_office(title: str, text: str) -> None:
    assert proximity(one(title, text, prospect=HARBOR)) in {Proximity.CONTACT, Proximity.ACCOUNT}


def test_a_coined_looking_name_that_these_texts_use_as_a_word_becomes_doubtful() -> None:
    prospect = Prospect(account=Account(name="Grommet", domain="grommet.example"))
    uses = [mention(f"How to fit part {n}", f"Push the grommet into hole {n}, then press.") for n in range(6)]
    judged = judge(prospect, [*uses, mention("Grommet Repair in Ten Minutes", "All you need is a hammer.")])
    assert judged[-1].closeness is None


def test_order_and_number_of_mentions_are_kept() -> None:
    mentions: list[Mention] = [mention(title) for title in ("Rain", "Kestrelon grows", "Snow")]
    assert [judged.mention for judged in judge(KESTREL, mentions)] == mentions
    assert judge(KESTREL, []) == []
