"""HubSpot's privacy deletion: nothing more is looked up about the contact, at once."""

from __future__ import annotations

from typing import Any

import pytest

from precall.events import ErasureAsked
from precall.model import Account, Contact, Prospect
from tests.unit.crm.deliveries import contact_created
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import hubspot

DELETED = contact_created(subscriptionType="contact.privacyDeletion")


def asked(stack: Stack) -> list[ErasureAsked]:
    return [event for event in stack.bus.events if isinstance(event, ErasureAsked)]


def test_a_contact_that_must_be_forgotten_is_suppressed_by_all_that_is_known_of_them(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    (lead,) = stack.facts.leads.values()
    who = Prospect(
        account=Account(domain="tarnmoor.example"), contact=Contact(name="Ines Roth", email="ines@x.example")
    )
    stack.facts.leads[lead.id] = lead.model_copy(update={"prospect": who})
    answer = stack.post(hubspot([DELETED]))
    assert (answer.status, answer.body["skipped"]) == (200, 0)
    assert stack.facts.suppression == {
        "contact:hubspot:123", "email:ines@x.example", "person:ines roth@domain:tarnmoor.example",
    }  # fmt: skip
    assert stack.facts.asked_erasures == {lead.id: "hubspot"}
    (event,) = asked(stack)
    assert (event.lead_id, event.crm) == (lead.id, "hubspot")


def test_a_redelivery_is_the_same_event(stack: Stack) -> None:
    stack.post(hubspot([contact_created()]))
    for _ in range(2):
        stack.post(hubspot([DELETED]))
    first, second = (event.id for event in asked(stack))
    assert first == second


def test_whom_we_never_had_is_suppressed_all_the_same_and_nobody_is_told(stack: Stack) -> None:
    assert stack.post(hubspot([DELETED])).status == 200
    assert stack.facts.suppression == {"contact:hubspot:123"}
    assert (asked(stack), stack.facts.asked_erasures) == ([], {})


@pytest.mark.parametrize("item", [{**DELETED, "objectId": "x"}, {**DELETED, "subscriptionType": "contact.deletion"}])
def test_what_is_no_such_event_suppresses_nobody(stack: Stack, item: dict[str, Any]) -> None:
    assert stack.post(hubspot([item])).status == 200
    assert stack.facts.suppression == set()
