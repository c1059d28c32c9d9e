"""Which messages go back to the queue, and which are done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from distribute.handler import handler
from precall.errors import BusUnavailable
from precall.events import LeadAcquired, LeadAssigned, parse_event
from tests.unit.distribute.conftest import Stack

SAMPLE = Path(__file__).parents[3] / "events" / "distribute_sqs.json"


class Context(LambdaContext):
    _function_name = "distribute"
    _memory_limit_in_mb = 256
    _invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:distribute"
    _aws_request_id = "lambda-request-1"


def batch() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SAMPLE.read_text())
    return found


def failed(answer: Any) -> list[str]:
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def add_sample_leads(stack: Stack) -> None:
    """The leads that the sample's messages are about: a generic one and one of HubSpot's."""
    for record in batch()["Records"]:
        detail = parse_event(json.loads(record["body"])["detail"])
        assert isinstance(detail, LeadAcquired)
        about = {} if detail.crm == "generic" else {"prospect": None, "crm_id": "151", "portal": "62515"}
        stack.add(id=detail.lead_id, crm=detail.crm, **about)


def test_the_whole_batch(stack: Stack) -> None:
    add_sample_leads(stack)
    stack.crm = httpx.Response(200, json={"id": "151", "properties": {"company": "Tarnmoor"}})
    assert failed(handler(batch(), Context())) == []
    assert [type(event) for event in stack.bus.events] == [LeadAssigned, LeadAssigned]
    assert [event.rep for event in stack.bus.events if isinstance(event, LeadAssigned)] == [
        "dana@seller.example",
        "jonas@seller.example",
    ]


def test_only_the_message_in_trouble_comes_again(stack: Stack) -> None:
    add_sample_leads(stack)
    stack.crm = httpx.Response(429)
    event = batch()
    assert failed(handler(event, Context())) == [event["Records"][1]["messageId"]]
    assert len(stack.bus.events) == 1


def test_when_all_fail_all_come_again_and_the_function_does_not(stack: Stack) -> None:
    add_sample_leads(stack)
    stack.bus.down = BusUnavailable("down")
    stack.crm = httpx.Response(503)
    event = batch()
    assert failed(handler(event, Context())) == [record["messageId"] for record in event["Records"]]
    assert stack.sqs.waits == [5, 5]


@pytest.mark.parametrize(
    "body",
    [
        "not JSON",
        "{}",
        json.dumps({"detail": {"type": "lead.acquired"}}),
        json.loads(SAMPLE.read_text())["Records"][0]["body"].replace("lead.acquired", "lead.rejected"),
    ],
)
def test_a_message_that_is_none_goes_the_way_to_the_dead_letters(stack: Stack, body: str) -> None:
    add_sample_leads(stack)
    stack.crm = httpx.Response(200, json={"id": "151", "properties": {"company": "Tarnmoor"}})
    event = batch()
    event["Records"][0]["body"] = body
    assert failed(handler(event, Context())) == [event["Records"][0]["messageId"]]
    assert len(stack.bus.events) == 1
    assert stack.sqs.waits == []


def test_the_log_names_leads_by_id_and_nobody_in_person(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    add_sample_leads(stack)
    stack.crm = httpx.Response(429)
    handler(batch(), Context())
    log = str([vars(record) for record in caplog.records])
    assert "CrmUnavailable" in log
    assert not any(private in log for private in ("Tarnmoor", "dana@", "pat-eu1"))
