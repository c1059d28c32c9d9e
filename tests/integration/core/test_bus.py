"""What is published on the bus is what a queue behind it brings."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import boto3
import pytest

from precall.bus import EventBridgeBus
from precall.errors import BusUnavailable
from precall.events import LeadAcquired
from precall.inbox import event_in
from tests.integration.core.stack import BUS, bodies, queue_behind_the_bus, stack

pytestmark = pytest.mark.integration
EVENT = LeadAcquired(
    lead_id="lead-1",
    correlation_id="c",
    at=datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
    crm="hubspot",
    prospect="Nordlicht",
)


def test_an_event_comes_out_of_the_queue_as_it_went_onto_the_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    with stack(monkeypatch):
        queue = queue_behind_the_bus()
        EventBridgeBus(boto3.client("events"), BUS).publish(EVENT)
        (body,) = bodies(queue)
    assert event_in(body) == EVENT
    assert json.loads(body)["detail-type"] == "lead.acquired"


def test_a_bus_that_does_not_exist_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    with stack(monkeypatch), pytest.raises(BusUnavailable):
        EventBridgeBus(boto3.client("events"), "another").publish(EVENT)
