"""After the call: what a rep notes in the CRM becomes an event of the lead, once it is a lead of ours."""

from __future__ import annotations

from typing import Any

import pytest

from precall.crm.outcomes import ToldOutcome
from precall.events import CallOutcome, DealOpened
from tests.unit.crm.deliveries import contact_created
from tests.unit.crm.samples import delivery, parse, sample_body
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import hubspot


def changed(name: str, value: object, **more: Any) -> dict[str, Any]:
    """A property of the created contact that changed."""
    sent: dict[str, Any] = {"subscriptionType": "contact.propertyChange", "propertyName": name, "propertyValue": value}
    return contact_created(**(sent | more))


def told(stack: Stack) -> list[CallOutcome]:
    return [event for event in stack.bus.events if isinstance(event, CallOutcome)]


@pytest.mark.parametrize(
    ("name", "value", "outcome"),
    [
        ("hs_lead_status", "CONNECTED", "reached"),
        ("hs_lead_status", "ATTEMPTED_TO_CONTACT", "not_reached"),
        ("hs_lead_status", "UNQUALIFIED", "lost"),
        ("lifecyclestage", "customer", "won"),
    ],
)
def test_a_status_after_the_call_is_its_outcome_in_the_crms_words(
    stack: Stack, name: str, value: str, outcome: str
) -> None:
    stack.post(hubspot([contact_created()]))
    answer = stack.post(hubspot([changed(name, value)]))
    assert (answer.status, answer.body["skipped"]) == (200, 0)
    (event,) = told(stack)
    assert (event.outcome, event.said, event.record, event.source) == (outcome, value, "contact/123", "crm")
    assert event.lead_id in stack.facts.leads


def test_a_word_of_the_teams_own_means_what_its_settings_say_and_else_nothing(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    for status in ("NEW", "DEMO_BOOKED", "CONNECTED"):
        stack.post(hubspot([changed("hs_lead_status", status)]))
    assert [event.outcome for event in told(stack)] == ["reached"]
    stack.outcomes = {"demo_booked": "meeting_set", "Connected": "other"}
    for status in ("DEMO_BOOKED", "CONNECTED"):
        stack.post(hubspot([changed("hs_lead_status", status)]))
    assert [event.outcome for event in told(stack)][1:] == ["meeting_set", "other"]


@pytest.mark.parametrize(
    ("name", "value", "outcomes"),
    [("lifecyclestage", "opportunity", ["meeting_set"]), ("hs_lead_status", "PROPOSAL SENT", [])],
    ids=["HubSpot's own", "a word of listening.stages"],
)
def test_a_stage_with_an_open_deal_is_told_as_one(stack: Stack, name: str, value: str, outcomes: list[str]) -> None:
    stack.post(hubspot([contact_created()]))
    for _ in range(2):
        stack.post(hubspot([changed(name, value)]))
    first, second = (event for event in stack.bus.events if isinstance(event, DealOpened))
    assert (first.id, first.record, first.said) == (second.id, "contact/123", value)
    assert [event.outcome for event in told(stack)][::2] == outcomes


def test_what_the_teams_settings_call_won_is_no_open_deal(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    stack.outcomes = {"CONTRACT": "won"}
    stack.post(hubspot([changed("hs_lead_status", "CONTRACT")]))
    assert [event.outcome for event in told(stack)] == ["won"]
    assert not any(isinstance(event, DealOpened) for event in stack.bus.events)


def test_a_redelivery_is_the_same_event_and_another_status_another_one(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    for status in ("ATTEMPTED_TO_CONTACT", "ATTEMPTED_TO_CONTACT", "CONNECTED"):
        stack.post(hubspot([changed("hs_lead_status", status)]))
    first, second, third = (event.id for event in told(stack))
    assert first == second != third


def test_a_contact_that_is_no_lead_of_ours_is_nobodys_business(stack: Stack) -> None:
    assert stack.post(hubspot([changed("hs_lead_status", "CONNECTED")])).status == 200
    assert stack.bus.events == []


@pytest.mark.parametrize(
    "other",
    [
        changed("precall_brief_link", "https://api.example/live/leads/1/brief"),
        changed("lifecyclestage", None),
        changed("lifecyclestage", "customer", subscriptionType="object.propertyChange", objectTypeId="0-2"),
        changed("lifecyclestage", "customer", subscriptionType="deal.propertyChange"),
        changed("lifecyclestage", "customer", occurredAt="yesterday"),
    ],
)
def test_everything_else_is_skipped(stack: Stack, other: dict[str, Any]) -> None:
    stack.post(hubspot([contact_created()]))
    assert stack.post(hubspot([other])).body["skipped"] == 1
    assert told(stack) == []


def deal(status: str, before: dict[str, Any] | None, **meta: Any) -> dict[str, Any]:
    """A deal of Pipedrive's that changed; the person's lead is made of the same company and person."""
    body: dict[str, Any] = sample_body("pipedrive")
    meta = {**body["meta"], "action": "change", "entity": "deal", "entity_id": "70", **meta}
    return {
        "meta": meta,
        "data": {"id": 70, "status": status, "person_id": body["meta"]["entity_id"]},
        "previous": before,
    }


def test_a_deal_of_pipedrives_that_is_won_is_the_outcome_of_its_persons_lead() -> None:
    (lead,) = parse(delivery("pipedrive", sample_body("pipedrive")), "pipedrive").leads
    batch = parse(delivery("pipedrive", deal("won", {"status": "open"})), "pipedrive")
    (outcome,) = batch.told
    assert isinstance(outcome, ToldOutcome)
    assert (outcome.lead_id, outcome.outcome, outcome.record) == (lead.id, "won", "deal/70")
    assert (batch.leads, batch.skipped) == ((), 0)


@pytest.mark.parametrize(("action", "before"), [("create", None), ("change", {"status": "lost"})])
def test_a_deal_of_pipedrives_that_is_made_or_opened_again_is_open(action: str, before: dict[str, Any]) -> None:
    (opened,) = parse(delivery("pipedrive", deal("open", before, action=action)), "pipedrive").told
    assert isinstance(opened, ToldOutcome)
    assert (opened.opens, opened.outcome, opened.record) == (True, None, "deal/70")


@pytest.mark.parametrize(
    ("status", "before"), [("open", {"value": 7}), ("won", {"value": 7}), ("deleted", {"status": "open"})]
)
def test_other_changes_of_a_deal_are_skipped(status: str, before: dict[str, Any]) -> None:
    batch = parse(delivery("pipedrive", deal(status, before)), "pipedrive")
    assert (batch.told, batch.skipped) == ((), 1)
