"""The calls of a day in the table: each in one place, the newest word holds, tallies know when they are old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import boto3
import pytest

from precall.calls import DynamoCalls
from precall.model.call import Call
from precall.tallies import Counted, DynamoTallies
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
DAY, NEXT = date(2026, 3, 12), date(2026, 3, 13)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoCalls]:
    with stack(monkeypatch):
        yield DynamoCalls(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture
def tallies(calls: DynamoCalls) -> DynamoTallies:
    return DynamoTallies(boto3.resource("dynamodb").Table(TABLE))


def call(lead_id: str = "lead-1", at: datetime = AT, state: str = "preparing") -> Call:
    return Call.model_validate(
        {
            "lead_id": lead_id,
            "research_id": "r",
            "who": "Nordlicht Foods",
            "account": "a",
            "rep": "jonas@seller.example",
            "rep_name": "Jonas Ferber",
            "time_zone": "Europe/Vienna",
            "call_at": at,
            "state": state,
        }
    )


def test_the_calls_of_a_day_come_in_their_order(calls: DynamoCalls) -> None:
    calls.put(call("b", AT + timedelta(hours=1)), 1, 730)
    calls.put(call("a"), 1, 730)
    calls.put(call("c", AT + timedelta(days=1)), 1, 730)
    assert [found.lead_id for found in calls.on(DAY)] == ["a", "b"]
    assert calls.on(DAY)[0] == call("a")


def test_what_more_events_say_holds_whenever_it_comes(calls: DynamoCalls) -> None:
    assert calls.put(call(state="briefed"), 6, 730)
    assert not calls.put(call(state="preparing"), 3, 730)
    assert [found.state for found in calls.on(DAY)] == ["briefed"]


def test_calls_are_found_between_two_moments(calls: DynamoCalls) -> None:
    for number in range(4):
        calls.put(call(f"lead-{number}", AT + timedelta(hours=8 * number)), 1, 730)
    found = calls.between(AT + timedelta(hours=8), AT + timedelta(hours=24))  # over midnight; the end is not in it
    assert [each.lead_id for each in found] == ["lead-1", "lead-2"]


def test_a_moved_call_is_on_its_new_day_only_and_both_days_have_changed(
    calls: DynamoCalls, tallies: DynamoTallies
) -> None:
    calls.put(call(), 1, 730)
    calls.put(call(at=AT + timedelta(days=1)), 2, 730)
    assert calls.on(DAY) == []
    assert len(calls.on(NEXT)) == 1
    assert tallies.changes(DAY, NEXT) == {DAY: 2, NEXT: 1}


def test_what_was_counted_is_kept_apart_for_days_and_weeks(tallies: DynamoTallies) -> None:
    tallies.count("day", DAY, Counted("03-12=1", b"a day"), AT)
    tallies.count("week", DAY, Counted("03-12=1", b"a week"), AT)
    tallies.count("day", DAY, Counted("03-12=2", b"the day again"), AT)
    assert tallies.counted("day", DAY, NEXT) == {DAY: Counted("03-12=2", b"the day again")}
    assert tallies.counted("week", DAY, NEXT) == {DAY: Counted("03-12=1", b"a week")}
    assert tallies.counted("week", NEXT, NEXT) == {}
