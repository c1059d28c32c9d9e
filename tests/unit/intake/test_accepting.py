"""What is answered with 2xx is stored and on the bus, each lead once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from intake.rejections import rejected_key
from precall.crm.hubspot.signature import signature_v1
from precall.errors import BusUnavailable, StorageUnavailable
from precall.events import LeadAcquired, LeadRejected
from tests.unit.crm.deliveries import CLIENT_SECRET, LEAD, contact_created
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import generic, hubspot, in_base64, with_headers


def test_a_lead_is_stored_published_and_acknowledged(stack: Stack) -> None:
    answer = stack.post(generic(LEAD))
    assert answer.status == 202
    assert answer.body == {"accepted": [{"id": next(iter(stack.facts.leads))}], "skipped": 0, "rejected": []}
    (event,) = stack.bus.events
    assert isinstance(event, LeadAcquired)
    assert (event.prospect, event.crm) == ("Tarnmoor Logistics", "generic")
    assert event.lead_id in stack.facts.published


def test_a_base64_body_is_verified_as_it_was_sent(stack: Stack) -> None:
    assert stack.post(in_base64(generic({**LEAD, "source": "Messe Köln"}))).status == 202


def test_a_redelivery_gets_the_same_answer_and_changes_nothing(stack: Stack) -> None:
    event = generic(LEAD)
    assert stack.post(event).body == stack.post(event).body
    assert (len(stack.facts.leads), len(stack.bus.events)) == (1, 1)


def test_one_lead_twice_in_a_delivery_is_one_lead(stack: Stack) -> None:
    events = [contact_created(), contact_created(subscriptionType="object.creation", objectTypeId="0-1")]
    answer = stack.post(hubspot(events))
    assert len(answer.body["accepted"]) == len(stack.bus.events) == 1


def test_the_correlation_id_goes_from_the_request_to_the_event(stack: Stack) -> None:
    answer = stack.post(with_headers(generic(LEAD), {"X-Correlation-Id": "crm-7.2026:0042"}))
    assert answer.headers["X-Correlation-Id"] == stack.bus.events[0].correlation_id == "crm-7.2026:0042"


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space and more", "line\nbreak-and-more"])
def test_without_a_sane_one_it_is_the_request_id(stack: Stack, given: str) -> None:
    answer = stack.post(with_headers(generic(LEAD), {"X-Correlation-Id": given}))
    assert answer.headers["X-Correlation-Id"] == answer.headers["X-Request-Id"]


def test_hubspot_is_answered_200_and_its_leads_carry_ids_only(stack: Stack) -> None:
    answer = stack.post(hubspot([contact_created(), contact_created(subscriptionType="deal.creation")]))
    assert (answer.status, answer.body["skipped"]) == (200, 1)
    assert next(iter(stack.facts.leads.values())).prospect is None


def test_hubspot_v1_is_let_in_where_the_deployment_says_so(stack: Stack) -> None:
    body = json.dumps([contact_created()]).encode()
    event = hubspot(body)
    for name in list(event["headers"]):
        if name.startswith("x-hubspot-signature-v3") or name == "x-hubspot-request-timestamp":
            del event["headers"][name]
    assert event["headers"]["x-hubspot-signature"] == signature_v1(CLIENT_SECRET, body)
    assert stack.post(event).status == 401
    stack.accept_v1 = True
    assert stack.post(event).status == 200


@pytest.mark.parametrize(("crm", "status"), [("generic", 202), ("hubspot", 200)])
def test_one_malformed_of_a_hundred_is_reported_and_kept(stack: Stack, crm: str, status: int) -> None:
    wrong: dict[str, Any] = {"eventId": 7, "company": {"name": ""}}
    if crm == "generic":
        wrong.pop("eventId")
        post, items = generic, [{**LEAD, "id": f"lead-{index}"} for index in range(99)]
    else:
        post, items = hubspot, [contact_created(index) for index in range(99)]
    items.insert(42, wrong)
    answer = stack.post(post(items))
    assert answer.status == status
    assert (len(answer.body["accepted"]), len(stack.facts.published)) == (99, 99)
    assert answer.body["rejected"][0]["index"] == 42
    (rejected,) = [event for event in stack.bus.events if isinstance(event, LeadRejected)]
    assert rejected.reason == answer.body["rejected"][0]["error"]
    document = json.loads(stack.documents.get(rejected_key(rejected.lead_id)))
    assert (document["received"], document["index"], document["reason"]) == (wrong, 42, rejected.reason)


def test_a_malformed_event_that_hubspot_sends_again_is_kept_once(stack: Stack) -> None:
    for attempt in range(3):
        assert stack.post(hubspot([{"eventId": 7, "attemptNumber": attempt}])).status == 200
    assert len(stack.documents.texts) == 1
    assert len({event.id for event in stack.bus.events}) == 1


def test_a_signed_hubspot_body_that_cannot_be_read_is_acknowledged_and_kept(stack: Stack) -> None:
    answer = stack.post(hubspot(b'[{"eventId": 1, "subscr'))
    assert (answer.status, answer.body["accepted"]) == (200, [])
    assert "not JSON" in answer.body["rejected"][0]["error"]
    (document,) = stack.documents.texts.values()
    assert json.loads(document)["received"] == '[{"eventId": 1, "subscr'


@pytest.mark.parametrize("where", ["bus", "leads", "rejected"])
def test_what_is_not_durable_is_not_acknowledged_and_comes_again(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    event = generic([LEAD, {}])

    def down(*_: object, **__: object) -> None:
        raise StorageUnavailable("DynamoDB did not serve LEAD: secret detail")

    with monkeypatch.context() as trouble:
        if where == "bus":
            stack.bus.down = BusUnavailable("EventBridge did not take lead.acquired: secret detail")
        elif where == "leads":
            trouble.setattr(stack.facts, "add_leads", down)
        else:
            trouble.setattr(stack.documents, "put", down)
        answer = stack.post(event)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert "secret detail" not in answer.body["error"]
    assert not stack.facts.published

    stack.bus.down = None
    assert stack.post(event).status == 202
    assert {type(event) for event in stack.bus.events} == {LeadAcquired, LeadRejected}
    assert len(stack.facts.published) == len(stack.facts.leads) == 1


def test_the_log_names_leads_by_id_and_nobody_in_person(stack: Stack, caplog: pytest.LogCaptureFixture) -> None:
    stack.post(generic([LEAD, {"contact": {"name": "Ines Hartog", "email": "ines@gmail.com"}}]))
    log = str([vars(record) for record in caplog.records])
    assert next(iter(stack.facts.leads)) in log
    assert not any(private in log for private in ("Ines", "Hartog", "ines@", "Tarnmoor"))
