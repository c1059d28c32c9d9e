"""Signals: the event, the prospect's part in it, whether it is stated at all, and the sentence that shows it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.identity import identity_of
from precall.model import Kind, Mention, SignalKind
from rank.signals import SURE_ENOUGH, mention_signals, story_signals
from tests.unit.rank.given import KESTREL, mention, ranked

FORMS = identity_of(KESTREL).forms


def kinds(title: str, text: str = "", **other: object) -> list[str]:
    told = mention(title, text, **other)  # type: ignore[arg-type]
    own = other.get("kind") is Kind.FIRST_PARTY
    return [signal.kind.value for signal in story_signals([told], FORMS, [own])]


def first(title: str) -> str:
    return (kinds(title) or ["none"])[0]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Kestrelon raises €30m in Series B led by Harbour Ventures", "funding"),
        ("Harbour Ventures invests $12 million in Kestrelon", "funding"),
        ("Kestrelon files for IPO in Frankfurt", "funding"),
        ("Kestrelon acquires Baltic forwarder Nordfracht", "acquisition"),
        ("Nordfracht to be sold: Maersund buys Kestrelon for 80 million euros", "acquisition"),
        ("Kestrelon sells its 40% stake in Linz terminal", "acquisition"),
        ("Kestrelon names Ada Berg as chief operating officer", "leadership"),
        ("Kestrelon CFO Jon Weiss steps down after six years in post", "leadership"),
        ("Ida Holm resigns as Kestrelon CEO", "leadership"),
        ("Kestrelon to hire 300 drivers in Graz", "hiring"),
        ("Kestrelon is hiring for multiple positions", "hiring"),
        ("Kestrelon lays off 120 workers", "layoffs"),
        ("Kestrelon cuts a tenth of its workforce", "layoffs"),
        ("Kestrelon launches same-day parcel service", "launch"),
        ("Kestrelon unveils route planner for small fleets", "launch"),
        ("Kestrelon partners with Nordfracht on rail freight", "partnership"),
        ("Nordfracht joins hands with Kestrelon for cold storage", "partnership"),
        ("Kestrelon wins contract to move hospital supplies", "partnership"),
        ("Kestrelon opens new warehouse in Trieste", "expansion"),
        ("Kestrelon to relocate headquarters to Vienna", "expansion"),
        ("Kestrelon Q3 results: net profit up 12% to €4.1 million", "earnings"),
        ("Kestrelon revenue falls 8% in second quarter", "earnings"),
        ("Kestrelon fined €2 million over night shifts", "legal"),
        ("Drivers sue Kestrelon over unpaid breaks", "legal"),
        ("Kestrelon sues Nordfracht over stolen route data", "legal"),
        ("Kestrelon hit by ransomware attack", "outage"),
        ("Kestrelon tracking site outage leaves shops waiting", "outage"),
        ("Kestrelon recalls 3,000 parcel lockers over fire risk", "outage"),
        ("Kestrelon wins Logistics Employer of the Year award", "award"),
        ("Kestrelon to host rail freight summit in May", "event"),
    ],
)
def test_an_event_in_which_the_prospect_takes_part_is_a_signal(title: str, kind: str) -> None:
    assert first(title) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Kestrelon rival Nordfracht raises $10m",
        "Kestrelon-backed Nordfracht lays off 40 workers",
        "Former Kestrelon CEO joins Nordfracht as chairman",
        "Nordfracht, a rival of Kestrelon, acquires a depot operator",
        "Kestrelon supplier Holm steps up hiring",
        "Kestrelon founder raises $5 million for a new bakery",
    ],
)
def test_what_happens_to_a_rival_an_investment_or_a_former_chief_is_not_theirs(title: str) -> None:
    assert kinds(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "Kestrelon removes executives from joint venture",
        "Kestrelon ends partnership with Nordfracht",
        "Nordfracht pulls out of alliance with Kestrelon",
        "Kestrelon dissolves its rail joint venture with Nordfracht",
    ],
)
def test_a_partnership_that_ends_or_only_is_there_is_no_new_one(title: str) -> None:
    assert "partnership" not in kinds(title)


@pytest.mark.parametrize(
    "title",
    [
        "Kestrelon denies it will lay off drivers",
        "Kestrelon has no plans to acquire Nordfracht",
        "Kestrelon could buy Nordfracht",
        "Kestrelon may launch a parcel service next year",
        "Should Kestrelon go public?",
        "Ten years after its IPO, Kestrelon still loves paper forms",
        "In 2015 Kestrelon acquired a ferry line",
        "Kestrelon, which last month acquired two ferry lines, has a new logo",
        "Buy Kestrelon; target of 120 euros: Harbour Securities",
        "How to track a parcel that Kestrelon launched on its way",
    ],
)
def test_what_is_denied_supposed_asked_or_long_past_is_no_signal(title: str) -> None:
    assert kinds(title) == []


def test_talks_are_less_sure_than_a_deal() -> None:
    (talks,) = mention_signals(mention("Kestrelon in talks to acquire Nordfracht"), FORMS)
    (deal,) = mention_signals(mention("Kestrelon acquires Nordfracht"), FORMS)
    assert SURE_ENOUGH <= talks.confidence < deal.confidence <= 1


def test_the_sentence_is_quoted_as_it_stands_with_its_field_and_date() -> None:
    text = "Rain fell in Linz. Kestrelon raised €30 million from Harbour Ventures, it said. Shares rose."
    told = mention("A good week in Linz", text)
    (signal,) = mention_signals(told, FORMS)
    assert (signal.kind, signal.field, signal.at) == (SignalKind.FUNDING, "text", told.published_at)
    assert signal.sentence == "Kestrelon raised €30 million from Harbour Ventures, it said."


def test_in_its_own_words_we_is_the_prospect() -> None:
    told = ("News", "We opened a new depot in Trieste on Monday.")
    assert kinds(*told, kind=Kind.FIRST_PARTY) == ["expansion"]
    assert kinds(*told) == []


def test_a_story_has_each_kind_once_from_the_sentence_that_shows_it_best() -> None:
    vague = mention("Kestrelon reportedly raises new capital", outlet="a.example")
    clear = mention("Kestrelon raises €30m in Series B", outlet="b.example")
    (signal,) = story_signals([vague, clear], FORMS, [False, False])
    assert signal.mention_id == clear.id


def test_the_openings_of_an_account_are_one_story_that_says_it_hires() -> None:
    openings = [
        mention(f"{role}, Linz", "Join us.", kind=Kind.JOB, outlet="jobs.kestrelon.example",
                url=f"https://jobs.kestrelon.example/{n}", hours=n + 1)
        for n, role in enumerate(("Driver", "Controller", "Data engineer", "Nurse", "Cook"))
    ]  # fmt: skip
    (story,) = ranked(openings).stories
    assert len(story.mention_ids) == 5
    (signal,) = story.signals
    assert signal.kind is SignalKind.HIRING
    assert signal.sentence == story.headline


def test_the_year_before_is_not_the_distant_past() -> None:
    told = mention("Kestrelon acquired a ferry line in 2025", url="https://x.example/1")
    assert [signal.kind for signal in mention_signals(told, FORMS)] == [SignalKind.ACQUISITION]
    later = told.model_copy(update={"published_at": datetime(2031, 1, 1, tzinfo=UTC)})
    assert list(mention_signals(later, FORMS)) == []


words = st.sampled_from(
    "Kestrelon raises acquires $10m Nordfracht could not CEO resigns ? . ; launches ꙮ 東京 مرحبا 🚚 of 50 jobs".split()
)


@given(st.lists(words, max_size=14).map(" ".join), st.lists(words, max_size=30).map(" ".join))
def test_whatever_is_written_a_signal_quotes_it(title: str, text: str) -> None:
    told: Mention = mention(title or "-", text)
    for signal in mention_signals(told, FORMS):
        assert signal.sentence in (told.title if signal.field == "title" else told.text)
        assert SURE_ENOUGH <= signal.confidence <= 1


def test_a_headline_of_five_thousand_characters_is_read_in_no_time() -> None:
    assert kinds("Kestrelon raises " + "a very long sum " * 300) in ([], ["funding"])
