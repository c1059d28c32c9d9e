"""Schedules: EventBridge Scheduler as moto knows it; set twice is set once, and no clock change moves one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from hypothesis import given
from hypothesis import strategies as st

from precall.before_call import Timetable, schedule_name
from precall.errors import StorageUnavailable
from precall.events import BriefDue
from precall.inbox import event_in
from precall.schedules import SOONEST, EventBridgeSchedules, at
from tests.integration.core.stack import stack

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ROLE, QUEUE = "arn:aws:iam::123456789012:role/calls", "arn:aws:sqs:eu-central-1:123456789012:deliver"
DUE = BriefDue(lead_id="lead-1", correlation_id="c", at=NOW, moment="lead time", call_at=NOW + timedelta(hours=3))
NAME = schedule_name("lead-1", "lead time")


@pytest.fixture
def schedules(monkeypatch: pytest.MonkeyPatch) -> Iterator[EventBridgeSchedules]:
    with stack(monkeypatch):
        client = boto3.client("scheduler")
        client.create_schedule_group(Name="calls")
        yield EventBridgeSchedules(client, "calls", ROLE, QUEUE, lambda: NOW)


def held() -> list[Any]:
    client = boto3.client("scheduler")
    names = [one["Name"] for one in client.list_schedules(GroupName="calls")["Schedules"]]
    return [client.get_schedule(GroupName="calls", Name=name) for name in names]


def test_a_schedule_brings_its_event_once_and_goes(schedules: EventBridgeSchedules) -> None:
    schedules.put(NAME, NOW + timedelta(hours=2), DUE)
    (made,) = held()
    assert made["ScheduleExpression"] == "at(2026-03-12T11:00:00)"
    assert (made["ScheduleExpressionTimezone"], made["ActionAfterCompletion"]) == ("UTC", "DELETE")
    assert (made["Target"]["Arn"], made["Target"]["RoleArn"]) == (QUEUE, ROLE)
    assert event_in(made["Target"]["Input"]) == DUE


def test_set_anew_it_moves(schedules: EventBridgeSchedules) -> None:
    for hours in (2, 2, 5):
        schedules.put(NAME, NOW + timedelta(hours=hours), DUE)
    (made,) = held()
    assert made["ScheduleExpression"] == "at(2026-03-12T14:00:00)"


def test_none_is_set_in_the_past(schedules: EventBridgeSchedules) -> None:
    schedules.put(NAME, NOW - timedelta(hours=1), DUE)
    assert held()[0]["ScheduleExpression"] == at(NOW + SOONEST)


def test_cancelled_it_is_gone_and_twice_is_once(schedules: EventBridgeSchedules) -> None:
    schedules.put(NAME, NOW + timedelta(hours=2), DUE)
    for _ in range(2):
        schedules.cancel(NAME)
    assert held() == []


def test_when_the_scheduler_does_not_answer_another_try_is_worth_it(
    schedules: EventBridgeSchedules, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://scheduler")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", down)
    with pytest.raises(StorageUnavailable, match="did not take"):
        schedules.put(NAME, NOW, DUE)
    with pytest.raises(StorageUnavailable, match="did not drop"):
        schedules.cancel(NAME)


def test_a_name_suits_the_scheduler_whatever_the_leads_id() -> None:
    name = schedule_name("Ünïcode / and much longer than sixty-four characters can ever be, really", "last look")
    assert len(name) <= 64
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_.") for letter in name)
    assert json.dumps(name) == f'"{name}"'


CHANGES = [
    ("Europe/Vienna", datetime(2026, 3, 29, 1, 0)),  # noqa: DTZ001 - a wall clock's reading
    ("Europe/Vienna", datetime(2026, 10, 25, 1, 0)),  # noqa: DTZ001
    ("America/New_York", datetime(2026, 3, 8, 1, 0)),  # noqa: DTZ001
    ("America/New_York", datetime(2026, 11, 1, 1, 0)),  # noqa: DTZ001
]


@given(st.sampled_from(CHANGES), st.integers(-600, 600), st.sampled_from([0, 1]), st.integers(5, 600))
def test_around_a_clock_change_the_brief_still_goes_its_minutes_before_the_call(
    change: tuple[str, datetime], offset: int, fold: int, lead: int
) -> None:
    zone, near = change
    wall = (near + timedelta(minutes=offset)).replace(tzinfo=ZoneInfo(zone), fold=fold)
    moments = Timetable(
        wall.astimezone(UTC), timedelta(minutes=lead), timedelta(minutes=5), timedelta(minutes=20)
    ).moments(datetime(2026, 1, 1, tzinfo=UTC))
    expression = at(moments["lead time"])
    fired = datetime.fromisoformat(expression.removeprefix("at(").removesuffix(")")).replace(tzinfo=UTC)
    assert wall.astimezone(UTC) - fired == timedelta(minutes=lead)
    assert max(moments.values()) <= wall.astimezone(UTC) - timedelta(minutes=5)
