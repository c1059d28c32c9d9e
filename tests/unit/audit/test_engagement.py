"""Engagement: every touch is told once, in its direction; what a machine may have done is marked and never counted."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from audit.engagement import EngagementPages
from audit.people import Person
from audit.recorder import Recorder
from audit.touching import touches_of
from precall.counting import Counting
from precall.engaged import ENGAGED
from precall.events import BriefAcknowledged, BriefOpened, CallOutcome, Event
from precall.model import Activity
from tests.fakes import FakeTallies
from tests.unit.audit.test_voting import COLLEAGUE, MANAGER, REP
from tests.unit.audit.world import CALL_AT, CONFIG, EVENTS, LEAD, LEAD_ID, RESEARCH_ID, World

KEY = LEAD.known().key
SAID = {"lead_id": LEAD_ID, "correlation_id": "c", "research_id": RESEARCH_ID}
LATER: tuple[Event, ...] = (
    BriefOpened(**SAID, at=CALL_AT - timedelta(minutes=30), where="mail"),
    BriefAcknowledged(**SAID, at=CALL_AT - timedelta(minutes=20)),
    CallOutcome(
        lead_id=LEAD_ID, correlation_id="c", at=CALL_AT + timedelta(hours=1), outcome="reached", source="crm", said="x"
    ),
)


@pytest.fixture
def world() -> World:
    world = World(now=CALL_AT + timedelta(days=1))
    did = (Activity(kind="attended", at=CALL_AT - timedelta(days=40)), Activity(kind="replied"))
    world.facts.leads[LEAD_ID] = LEAD.model_copy(update={"activities": did})
    recorder = Recorder(world.facts, world.calls, world.touches, lambda: CONFIG, world.clock)
    for event in (*EVENTS, *LATER, *LATER):
        recorder.record(event)
    return world


def pages(world: World) -> EngagementPages:
    counting = Counting(world.calls, FakeTallies(world.calls), ENGAGED)
    return EngagementPages(counting, world.touches, lambda: CONFIG, world.clock)


def rows(world: World, person: Person = MANAGER, **filters: str) -> list[list[str]]:
    answer = pages(world).show(person, {"as": "csv", **filters})
    assert answer.content_type.startswith("text/csv"), answer.body
    return list(csv.reader(io.StringIO(answer.body)))[1:]


def test_every_touch_is_told_once_in_its_direction(world: World) -> None:
    told = [(touch.way, touch.what, touch.sure) for touch in reversed(world.touches.of(KEY))]
    assert told == [
        ("in", "attended", True),
        ("in", "became a lead: webinar", True),
        ("in", "replied", True),
        ("out", "brief sent to the rep", True),
        ("out", "brief opened", False),
        ("out", "brief read by the rep", True),
        ("both", "call: reached", True),
    ]


def test_of_a_lead_that_is_gone_nothing_is_told(world: World) -> None:
    from audit.record import Record

    assert touches_of(Record(LEAD_ID, None, None, list(EVENTS))) == []


def test_accounts_are_counted_with_their_trend(world: World) -> None:
    assert rows(world) == [["Nordlicht Foods", "2", "1", "1", "1", "1", "1", "6", "'+6"]]
    world.now += timedelta(weeks=5)
    assert rows(world)[0][-2:] == ["6", "−6"]
    world.now += timedelta(weeks=5)
    assert rows(world) == []


def test_an_account_is_shown_by_contact_by_week_and_touch_by_touch(world: World) -> None:
    assert rows(world, account=KEY, table="contacts") == [
        ["Ada Berg", "3", "2", "1", "Thu 12 Mar 2026, 11:30 CET", "'+4"]
    ]
    assert [row[1:] for row in rows(world, account=KEY, table="weeks")] == [["2", "2", "1", "5"], ["1", "0", "0", "1"]]
    each = rows(world, account=KEY, table="touches")
    assert [row[2] for row in each if row[5].startswith("unreliable")] == ["brief opened"]
    assert len(each) == 7
    shown = BeautifulSoup(pages(world).show(MANAGER, {"account": KEY}).body, "lxml")
    assert shown.select_one("h1").get_text() == "Nordlicht Foods"  # type: ignore[union-attr]
    assert shown.select_one(".figure strong").get_text() == "6"  # type: ignore[union-attr]


def test_a_rep_sees_the_accounts_of_their_own_calls(world: World) -> None:
    own = Person(REP, "Jonas Ferber", False, "Europe/Vienna")
    assert len(rows(world, own)) == 1
    assert len(rows(world, own, account=KEY, table="touches")) == 7
    assert rows(world, COLLEAGUE) == []
    assert pages(world).show(COLLEAGUE, {"account": KEY}).status == 404
    assert pages(world).show(MANAGER, {"account": "no-such"}).status == 404


def test_the_filter_is_in_the_address(world: World) -> None:
    assert len(rows(world, rep=REP)) == 1
    assert rows(world, rep="dana@seller.example") == []
