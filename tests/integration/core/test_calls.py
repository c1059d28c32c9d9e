"""The calls of a day in the table: each in one place, the newest word holds, tallies know when they are old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import boto3
import pytest

from precall.calls import DynamoCalls
from precall.model.call import Call
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
DAY, NEXT = date(2026, 3, 12), date(2026, 3, 13)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoCalls]:
    with stack(monkeypatch):
        yield DynamoCalls(boto3.resource("dynamodb").Table(TABLE))


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


def test_a_moved_call_is_on_its_new_day_only_and_both_days_have_changed(calls: DynamoCalls) -> None:
    calls.put(call(), 1, 730)
    calls.count(DAY, 1, "counted")
    calls.put(call(at=AT + timedelta(days=1)), 2, 730)
    assert calls.on(DAY) == []
    assert len(calls.on(NEXT)) == 1
    assert calls.tallies(DAY, NEXT) == {DAY: (2, None), NEXT: (1, None)}


def test_a_tally_is_kept_until_its_day_changes(calls: DynamoCalls) -> None:
    calls.put(call(), 1, 730)
    calls.count(DAY, 1, "counted")
    assert calls.tallies(DAY, DAY) == {DAY: (1, "counted")}
    calls.put(call(state="briefed"), 2, 730)
    calls.count(DAY, 1, "too late")
    assert calls.tallies(DAY, DAY) == {DAY: (2, None)}
