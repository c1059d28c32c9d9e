"""Another owner, another time in the CRM: an event about the lead, once it is a lead of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from precall.events import ActivityChanged, CallCancelled, CallMoved, CallOutcome, Event, ReassignmentAsked
from precall.model import Assignment
from precall.model.lead import Assignee
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.samples import sample_body
from tests.unit.crm.test_salesforce import message, notification
from tests.unit.crm.test_told import SALESFORCE_LEAD
from tests.unit.distribute.conftest import NOW
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import hubspot, sample
from tests.unit.intake.test_crms import fresh, post


def property_changed(name: str, value: str, at: int = 1564113600000) -> dict[str, Any]:
    sent: dict[str, Any] = {"subscriptionType": "contact.propertyChange", "propertyName": name, "propertyValue": value}
    return contact_created(**sent, occurredAt=at)


def told(stack: Stack) -> list[Event]:
    return [event for event in stack.bus.events if event.type != "lead.acquired"]


def zoho(stack: Stack, module: str, operation: str, values: dict[str, Any], record: str = "88") -> None:
    body = sample_body("zoho") | {"module": module, "operation": operation, "ids": [record]}
    body["affected_values"] = [{"record_id": record, "values": values}]
    assert post(sample("webhook_zoho") | {"body": json.dumps(body)})[0] == 200


def test_an_owner_and_a_time_that_changed_are_told_of_the_lead_once(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    items = [property_changed("hubspot_owner_id", "501"), property_changed("notes_next_activity_date", "1773327600000")]
    for _ in range(2):
        assert stack.post(hubspot(items)).body["skipped"] == 0
    asked, moved, *again = told(stack)
    assert isinstance(asked, ReassignmentAsked)
    assert isinstance(moved, CallMoved)
    assert (asked.to, asked.by, moved.by, moved.call) == ("501", "crm", "crm", "next activity")
    assert [event.id for event in again] == [asked.id, moved.id]
    assert asked.lead_id in stack.facts.leads


def test_what_is_told_of_strangers_and_of_a_lead_that_comes_at_the_same_time_is_passed_over(stack: Stack) -> None:
    change = property_changed("hubspot_owner_id", "501")
    assert stack.post(hubspot([change])).status == 200
    assert stack.post(hubspot([contact_created(), change])).status == 200
    assert told(stack) == []


def test_an_owner_who_is_not_in_the_team_is_told_once(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    for at in (1564113600000, 1564113700000):
        stack.post(hubspot([property_changed("hubspot_owner_id", "999", at)]))
    first, second = told(stack)
    assert first.id == second.id


def test_an_event_of_zohos_is_found_again_when_it_moves_and_when_it_is_gone(stack: Stack) -> None:
    post(fresh("zoho"))
    (lead_id,) = stack.facts.leads
    zoho(stack, "Events", "update", {"Start_DateTime": "2026-03-12T15:00:00Z"})
    (asked,) = told(stack)
    assert isinstance(asked, ActivityChanged), "whose it is was not told yet: the CRM is asked"
    assert (asked.crm, asked.activity, asked.lead_id == lead_id) == ("zoho", "Events/88", False)
    who = {"Who_Id": {"id": "5725767000001451234"}}
    zoho(stack, "Events", "insert", {"Start_DateTime": "2026-03-12T15:00:00Z", **who})
    zoho(stack, "Events", "update", {"Start_DateTime": "2026-03-12T16:00:00Z"})
    zoho(stack, "Events", "delete", {})
    planned, moved, gone = told(stack)[1:]
    assert isinstance(planned, CallMoved)
    assert isinstance(moved, CallMoved)
    assert isinstance(gone, CallCancelled)
    assert {planned.lead_id, moved.lead_id, gone.lead_id} == {lead_id}
    assert {planned.call, moved.call, gone.call} == {"Events/88"}
    assert len({planned.change, moved.change}) == 2


def test_the_result_of_a_call_of_zohos_belongs_to_the_lead_that_it_was_planned_with(stack: Stack) -> None:
    post(fresh("zoho"))
    who = {"Who_Id": {"id": "5725767000001451234"}}
    zoho(stack, "Calls", "insert", {"Call_Start_Time": "2026-03-12T15:00:00Z", **who})
    zoho(stack, "Calls", "update", {"Call_Result": "Interested"})
    event = told(stack)[-1]
    assert isinstance(event, CallOutcome)
    assert (event.outcome, event.record) == ("reached", "Calls/88")


@pytest.fixture
def held(stack: Stack) -> Stack:
    """Salesforce's lead is Dana's, who is user 5A there."""
    post(fresh("salesforce"))
    (lead_id,) = stack.facts.leads
    stack.bus.events.clear()
    rep = Assignee(name="Dana", email="dana@seller.example", time_zone="UTC")
    given: dict[str, Any] = {"research_id": "r", "reason": "owner", "call_from": "crm", "assigned_at": NOW}
    stack.facts.assignments[lead_id] = Assignment(lead_id=lead_id, rep=rep, call_at=NOW, **given)
    return stack


def repeated(**fields: str) -> None:
    body = message(notification("Lead", Id=SALESFORCE_LEAD, Company="Tarnmoor", **fields))
    assert post(sample("webhook_salesforce") | {"body": body})[0] == 200


@pytest.mark.parametrize(("owner", "wishes"), [("5A", 0), ("5B", 1), ("00G-a-queue", 0)])
def test_a_message_that_repeats_the_whole_lead_is_a_wish_only_where_the_owner_is_another_rep(
    held: Stack, owner: str, wishes: int
) -> None:
    held.crm_owners = {"dana@seller.example": "5A", "jonas@seller.example": "5B"}
    repeated(OwnerId=owner)
    assert len(told(held)) == wishes
