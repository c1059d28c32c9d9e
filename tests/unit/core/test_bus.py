"""The bus: all events are out, or the caller knows that they may not be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from precall.bus import EventBridgeBus
from precall.errors import BusUnavailable
from precall.events import LeadAcquired

CLIENT = boto3.client("events", "eu-central-1", aws_access_key_id="x", aws_secret_access_key="x")
BUS = EventBridgeBus(CLIENT, "precall")


def events(count: int) -> list[LeadAcquired]:
    at = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    return [LeadAcquired(lead_id=str(n), correlation_id="c", at=at, crm="generic") for n in range(count)]


def taken(count: int, failed: int = 0) -> dict[str, Any]:
    bad = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}
    return {"FailedEntryCount": failed, "Entries": [bad] * failed + [{"EventId": "1"}] * (count - failed)}


@pytest.fixture
def aws() -> Iterator[Stubber]:
    with Stubber(CLIENT) as stub:
        yield stub


def test_an_event_is_its_own_detail(aws: Stubber) -> None:
    (event,) = events(1)
    entry: dict[str, Any] = {
        "EventBusName": "precall",
        "Source": "precall",
        "DetailType": "lead.acquired",
        "Detail": event.model_dump_json(),
        "Time": event.at,
    }
    aws.add_response("put_events", taken(1), {"Entries": [entry]})
    BUS.publish(event)
    assert json.loads(entry["Detail"])["lead_id"] == "0"


def test_more_than_ten_go_in_batches(aws: Stubber) -> None:
    for size in (10, 10, 3):
        aws.add_response("put_events", taken(size), {"Entries": [ANY] * size})
    BUS.publish(*events(23))
    aws.assert_no_pending_responses()


def test_nothing_to_publish_asks_nothing(aws: Stubber) -> None:
    BUS.publish()


def test_one_refused_entry_is_a_failure(aws: Stubber) -> None:
    aws.add_response("put_events", taken(3, failed=1))
    with pytest.raises(BusUnavailable, match="refused 1 events: slow down"):
        BUS.publish(*events(3))


def test_no_answer_is_a_failure(aws: Stubber) -> None:
    aws.add_client_error("put_events", "InternalException", http_status_code=500)
    with pytest.raises(BusUnavailable, match=r"did not take lead\.acquired"):
        BUS.publish(*events(1))
