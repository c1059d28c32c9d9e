"""What fits the call, what is a burst, what reps marked, what no call is opened with: each changes what ranks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from precall.config import Ranking as RankingConfig
from precall.config import Seller
from precall.feedback import Marks, Tally
from precall.model import Kind, Lead, Mention, Purpose, Ranking, ScorePart, SignalKind
from rank.burst import History, Usual, burst, usual, window_days
from rank.call import NO_EVENT, WORTH, Call, call_of, fit, purpose_of
from rank.logic import Situation, rank
from rank.sensitive import story_topic, topic_of
from tests.unit.rank.given import KESTREL, NOW, collection, mention

SELLER = Seller(name="Loftgrid", offers=("warehouse analytics",), industries=("logistics",))
FUNDING = mention("Kestrelon raises €30m in Series B", hours=50, outlet="a.example")
OUTAGE = mention("Kestrelon hit by ransomware attack", hours=50, outlet="b.example")


def ranked(mentions: list[Mention], situation: Situation, **config: Any) -> Ranking:
    return rank(collection(mentions), RankingConfig.model_validate(config), None, situation)


def part(ranking: Ranking, headline: str, name: str) -> ScorePart:
    story = next(story for story in ranking.stories if story.headline == headline)
    return next(part for part in story.parts if part.name == name)


def lead(**other: Any) -> Lead:
    known = {"id": "l", "crm": "generic", "acquired_at": NOW, "correlation_id": "c", "prospect": KESTREL}
    return Lead.model_validate(known | other)


@pytest.mark.parametrize(
    ("given", "purpose"),
    [
        ({}, "first_call"),
        ({"purpose": "win_back", "customer": True}, "win_back"),
        ({"customer": True}, "renewal"),
        ({"stage": "Closed lost"}, "win_back"),
        ({"stage": "Opportunity"}, "quote"),
        ({"stage": "sales qualified lead"}, "follow_up"),
        ({"stage": "Neukunde"}, "first_call"),
    ],
)
def test_the_purpose_is_what_was_said_else_what_the_stage_means(given: dict[str, Any], purpose: Purpose) -> None:
    assert purpose_of(lead(**given)) == purpose


@pytest.mark.parametrize(("purpose", "first"), [("first_call", FUNDING), ("win_back", OUTAGE)])
def test_the_purpose_of_the_call_changes_what_ranks_first(purpose: Purpose, first: Mention) -> None:
    weights = {"recency": 0, "volume": 0, "proximity": 0, "signal": 0, "context": 1}
    worth: dict[Purpose, dict[SignalKind, float]] = {"win_back": {SignalKind.FUNDING: 0.1}}
    ranking = ranked([FUNDING, OUTAGE], Situation(Call(purpose, SELLER, worth)), weights=weights)
    assert ranking.stories[0].headline == first.title


def test_the_managers_table_is_part_of_the_call() -> None:
    config = RankingConfig.model_validate({"signals": {"quote": {"legal": 1}}})
    call = call_of(lead(purpose="quote"), SELLER, config)
    assert (call.purpose, call.worth["quote"][SignalKind.LEGAL]) == ("quote", 1)


def test_every_kind_of_event_has_a_worth_for_every_purpose() -> None:
    assert all(set(worth) == set(SignalKind) for worth in WORTH.values())


def test_what_is_sold_raises_a_story_that_speaks_of_it_and_the_clause_says_so() -> None:
    told = mention("Kestrelon doubles its fleet", "It looks for better warehouse analytics this year.")
    ranking = ranked([told], Situation(Call("first_call", SELLER)))
    found = part(ranking, told.title, "context")
    assert found.value > NO_EVENT
    assert found.because == "speaks of warehouse analytics"
    assert fit(Call(), (), "warehouse analytics") == (None, "nothing is known of the call")


def test_a_second_lead_is_held_against_the_accounts_own_history() -> None:
    days = {NOW.date() - timedelta(days=n): 4 for n in range(2, 90)}
    titles = ("depot", "strike", "school", "merger")
    fresh = [mention(f"Kestrelon {word} news of {word}", hours=1, outlet=f"{word}.example") for word in titles]
    quiet, loud = ranked(fresh, Situation()).chatter, ranked(fresh, Situation(history=History(days))).chatter
    assert (quiet.normal, quiet.normal_from, quiet.burst) == (None, None, None)
    assert loud.normal_from == "history"
    assert loud.normal is not None
    assert 2 < loud.normal < 4  # the days that this window saw empty count as empty
    assert loud.burst is not None
    assert loud.burst < 1


def test_a_first_lead_is_held_against_the_earlier_days_of_its_window() -> None:
    counts = {NOW.date() - timedelta(days=n): 1 for n in range(2, 30)}
    found = usual(counts, window_days(NOW, 30), NOW, History())
    assert found == Usual(1.0, "window")
    assert usual({}, window_days(NOW, 30), NOW, History()) == Usual(None, None)
    assert usual(counts, window_days(NOW, 5), NOW, History()) == Usual(None, None)


def test_a_burst_is_against_what_is_usual_and_saturates() -> None:
    normal = Usual(0.5, "history")
    values = [burst(recent, normal)[0] for recent in (0, 1, 3, 15, 500)]
    assert values == [0, 0, pytest.approx(1 / 3), 1, 1]
    assert burst(3, normal)[1] == "3 texts in 2 days, 1.0 usual about them"
    assert burst(3, Usual(None, None))[0] is None


def test_where_it_is_said_is_counted_by_kind_and_day() -> None:
    lead_text = "Kestrelon will buy the Baltic forwarder Nordfracht for 80 million euros, both said on Monday."
    news = [mention(f"Deal {n}", lead_text, hours=30, outlet=f"{n}.example") for n in range(3)]
    post = mention("Kestrelon drivers talk of a strike", kind=Kind.FORUM, outlet="forum.example", hours=1)
    said = ranked([*news, post], Situation()).chatter
    assert [(row.kind, row.mentions, row.outlets) for row in said.kinds] == [(Kind.NEWS, 3, 3), (Kind.FORUM, 1, 1)]
    assert len(said.days) == 30
    assert [(day.day, day.mentions) for day in said.days if day.mentions] == [
        (date(2026, 3, 9), 1),  # three wire copies are one text
        (date(2026, 3, 10), 1),
    ]


def test_nothing_found_is_no_chatter() -> None:
    said = ranked([], Situation()).chatter
    assert (said.kinds, said.days, said.normal) == ((), (), None)


def test_what_reps_marked_wrong_sinks_and_useful_rises() -> None:
    own = Tally(wrong={"signal:funding": 12, "*": 12}, useful={"signal:outage": 12, "*": 12}, votes=24)
    ranking = ranked([FUNDING, OUTAGE], Situation(marks=Marks(own=own)))
    assert part(ranking, OUTAGE.title, "feedback").value > 0.7
    assert part(ranking, FUNDING.title, "feedback").value < 0.3
    assert part(ranking, FUNDING.title, "feedback").because == "−0.05: the rep marks funding of little use"
    assert part(ranked([FUNDING], Situation()), FUNDING.title, "feedback").weight == 0


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Kestrelon driver found dead in Graz", "death"),
        ("Man charged with murder of Kestrelon driver", "violence"),
        ("Kestrelon manager accused of sexual harassment", "sexual misconduct"),
        ("Kestrelon founder hospitalised after stroke", "illness"),
        ("Kestrelon chief's divorce goes to court", "private life"),
        ("Kestrelon caught in row over church sign", "religion"),
        ("Republicans call for boycott of Kestrelon", "politics"),
        ("Kestrelon launches campaign to head off unions", "labour dispute"),
        ("Kestrelon drivers vote to unionise", "labour dispute"),
        ("Kestrelon wins European Union approval", None),
        ("Kestrelon strikes a deal with Western Union", None),
        ("Deadline nears for Kestrelon bids", None),
        ("Kestrelon's killer app for fleets", None),
        ("Kestrelon strike halts Linz depot", None),
        ("Kestrelon hit by cyber attack", None),
        ("Kestrelon drives the growth of healthcare logistics", None),
        ("", None),
    ],
)
def test_topics_with_which_no_call_is_opened(title: str, topic: str | None) -> None:
    assert topic_of(title) == topic


def test_one_headline_among_many_does_not_make_a_story_sensitive_but_its_own_does() -> None:
    plain, grave = "Kestrelon opens depot", "Driver killed at Kestrelon depot"
    assert story_topic([plain, plain, plain, grave]) is None
    assert story_topic([plain, grave]) == "death"
    assert story_topic([grave, plain, plain, plain]) == "death"
    assert story_topic([]) is None


def test_an_event_whose_sentence_has_a_sensitive_topic_is_not_raised_whatever_the_headlines_say() -> None:
    removed = "Kestrelon has removed three executives from the board amid the invasion of Ukraine."
    assert story_topic(["Kestrelon changes its board"], [removed]) == "politics"


def test_a_sensitive_story_is_never_at_the_top_while_another_may_be_raised() -> None:
    grave = [
        mention("Kestrelon driver murdered in Linz", f"Police said so. {n}", hours=1, outlet=f"{n}.example")
        for n in range(6)
    ]
    plain = mention(
        "Linz port plans a new quay", "Tenants such as Kestrelon were asked.", hours=500, outlet="z.example"
    )
    top, second = ranked([*grave, plain], Situation()).stories
    assert (top.headline, top.sensitive) == (plain.title, None)
    assert second.sensitive == "death" or second.sensitive == "violence"
    assert second.score > top.score
    assert ranked(grave, Situation()).stories[0].sensitive


def test_one_sort_of_event_or_place_does_not_fill_the_brief() -> None:
    events = ("opens depot in Graz", "builds hub near Trieste", "enters Croatia", "doubles Wels capacity")
    words = ("pallets", "coffee", "invoices", "uniforms", "radios")
    openings = [mention(f"Kestrelon {event}", hours=1, outlet=f"o{n}.example") for n, event in enumerate(events)]
    posts = [mention(f"Kestrelon {word}", hours=20, kind=Kind.FORUM, outlet=f"{word}.example") for word in words]
    first = ranked([*openings, *posts], Situation()).stories[:5]
    assert sum(bool(story.signals) for story in first) == 2
    assert sum(Kind.FORUM in story.kinds for story in first) == 3
