"""Every CRM's delivery through the handler, as API Gateway brings it; and what Event Relay brings over a queue."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from intake import handler as intake_handler
from intake import relay
from precall.crm.close.signature import signature
from precall.errors import BusUnavailable
from tests.unit.crm.samples import CLOSE_KEY
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import Context, sample, with_headers

CRMS = ("close", "pipedrive", "salesforce", "zoho")


def fresh(crm: str) -> dict[str, Any]:
    event = sample(f"webhook_{crm}")
    if crm != "close":
        return event
    now = str(int(datetime.now(UTC).timestamp()))
    return with_headers(
        event, {"close-sig-timestamp": now, "close-sig-hash": signature(CLOSE_KEY, now, event["body"].encode())}
    )


def post(event: dict[str, Any]) -> tuple[int, str, str]:
    answer = intake_handler.handler(event, Context())
    return answer["statusCode"], answer["multiValueHeaders"]["Content-Type"][0], answer["body"]


@pytest.mark.parametrize("crm", CRMS)
def test_a_delivery_that_comes_ten_times_is_one_lead(stack: Stack, crm: str) -> None:
    answers = {post(fresh(crm)) for _ in range(10)}
    assert [status for status, _, _ in answers] == [200]
    assert (len(stack.facts.leads), len(stack.bus.events)) == (1, 1)


def test_salesforce_gets_the_acknowledgement_that_it_insists_on(stack: Stack) -> None:
    status, content_type, body = post(fresh("salesforce"))
    assert (status, content_type) == (200, "text/xml; charset=utf-8")
    assert body == (
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>'
        '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>'
        "</notificationsResponse></soapenv:Body></soapenv:Envelope>"
    )


def test_what_is_not_stored_is_not_acknowledged(stack: Stack) -> None:
    stack.bus.down = BusUnavailable("EventBridge did not take it")
    assert [post(fresh(crm))[0] for crm in CRMS] == [503] * 4


@pytest.mark.parametrize("crm", ["pipedrive", "salesforce", "zoho"])
def test_a_wrong_path_gets_401_and_the_log_does_not_show_it(
    stack: Stack, caplog: pytest.LogCaptureFixture, crm: str
) -> None:
    path = "not-the-path-of-a-connection"
    status, _, body = post(fresh(crm) | {"path": f"/webhooks/{crm}/{path}"})
    assert (status, stack.untouched()) == (401, True)
    assert path not in body + str([vars(record) for record in caplog.records])


def test_salesforce_sends_xml_and_the_others_do_not(stack: Stack) -> None:
    for crm, sent in (("salesforce", "application/json"), ("zoho", "text/xml")):
        assert post(with_headers(fresh(crm), {"Content-Type": sent}))[0] == 415


@pytest.fixture
def relayed(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Stack:
    monkeypatch.setattr(relay, "bootstrap", stack.wiring)
    return stack


def test_a_relayed_event_is_taken_once(relayed: Stack) -> None:
    for _ in range(2):
        assert relay.handler(sample("relay_sqs"), Context()) == {"batchItemFailures": []}
    assert (len(relayed.facts.leads), len(relayed.bus.events)) == (1, 1)
    post(fresh("salesforce"))
    assert len(relayed.facts.leads) == 1, "the outbound message about the same record"


def test_what_cannot_be_taken_now_stays_in_the_queue(relayed: Stack) -> None:
    event = sample("relay_sqs")
    broken = {**event["Records"][0], "messageId": "broken", "body": json.dumps({"source": "else"})}
    event["Records"].append(broken)
    assert relay.handler(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "broken"}]}
    relayed.bus.down = BusUnavailable("EventBridge did not take it")
    again = sample("relay_sqs")
    relayed.facts.published.clear()
    assert len(relay.handler(again, Context())["batchItemFailures"]) == 1
