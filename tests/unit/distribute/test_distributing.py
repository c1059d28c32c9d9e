"""Every acquired lead ends with a rep and a call time, or is rejected with a reason; never twice, never in a loop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from precall.errors import BusUnavailable, CrmRefused, CrmUnavailable
from precall.events import LeadAssigned, LeadRejected
from precall.ids import derived_id
from precall.suppression import marks_of
from tests.unit.distribute.conftest import NOW, Stack

CONTACT = {"firstname": "Ines", "company": "Tarnmoor", "hubspot_owner_id": None}


def hubspot_says(status: int = 200, **properties: Any) -> httpx.Response:
    return httpx.Response(status, json={"id": "123", "properties": CONTACT | properties})


def test_a_lead_gets_a_rep_a_call_time_and_a_research(stack: Stack) -> None:
    stack.add()
    event = stack.distribution().distribute(stack.acquired())
    assert isinstance(event, LeadAssigned)
    assert stack.bus.events == [event]
    assert (event.rep, event.correlation_id) == ("dana@seller.example", "c-1")
    assert event.call_at == NOW + timedelta(minutes=10)
    assert event.research_id == derived_id("research", "lead-1", event.call_at.isoformat())
    held = stack.facts.assignments["lead-1"]
    assert (held.call_from, held.reason) == ("next working slot", "round robin: the CRM names no owner")


def test_a_duplicate_message_tells_the_same_again_and_takes_no_turn(stack: Stack) -> None:
    stack.add()
    first = stack.distribution().distribute(stack.acquired())
    stack.now += timedelta(hours=3)
    again = stack.distribution().distribute(stack.acquired())
    assert isinstance(first, LeadAssigned)
    assert isinstance(again, LeadAssigned)
    assert again.model_copy(update={"at": first.at}) == first
    assert again.id == first.id
    assert stack.facts.turn == 1


def test_who_loses_the_race_takes_over_the_winners_assignment(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    stack.add()
    first = stack.distribution().distribute(stack.acquired())
    monkeypatch.setattr(stack.facts, "assignment", lambda lead_id: None)
    second = stack.distribution().distribute(stack.acquired())
    assert isinstance(first, LeadAssigned)
    assert isinstance(second, LeadAssigned)
    assert (first.rep, first.research_id) == (second.rep, second.research_id)


def test_what_could_not_be_published_is_published_by_the_next_try(stack: Stack) -> None:
    stack.add()
    stack.bus.down = BusUnavailable("down")
    with pytest.raises(BusUnavailable):
        stack.distribution().distribute(stack.acquired())
    stack.bus.down = None
    assert stack.distribution().distribute(stack.acquired()) == stack.bus.events[0]
    assert len(stack.facts.assignments) == stack.facts.turn == 1


@pytest.mark.parametrize("ahead", [timedelta(hours=5), timedelta(days=-1)])
def test_the_leads_own_call_time_holds_even_a_past_one(stack: Stack, ahead: timedelta) -> None:
    stack.add(call_at=NOW + ahead)
    stack.distribution().distribute(stack.acquired())
    held = stack.facts.assignments["lead-1"]
    assert (held.call_at, held.call_from) == (NOW + ahead, "lead")


def test_a_replayed_lead_is_called_in_its_own_time_but_kept_in_ours(stack: Stack) -> None:
    past = NOW - timedelta(days=4 * 364)  # the same weekday
    stack.add(as_of=past)
    event = stack.distribution().distribute(stack.acquired())
    held = stack.facts.assignments["lead-1"]
    assert held.call_at == past + timedelta(minutes=10)
    assert held.assigned_at == event.at == NOW, "else its retention would be over"


def test_a_hubspot_lead_is_read_back_once_and_stored(stack: Stack) -> None:
    stack.add_hubspot()
    stack.crm = hubspot_says(hubspot_owner_id="501", notes_next_activity_date="2026-03-12T14:00:00Z")
    event = stack.distribution().distribute(stack.acquired(crm="hubspot"))
    assert isinstance(event, LeadAssigned)
    assert (event.rep, event.reason) == ("dana@seller.example", "owner in the CRM")
    assert stack.facts.assignments["lead-1"].call_from == "crm"
    assert stack.facts.leads["lead-1"].known().account.name == "Tarnmoor"
    asked = stack.asked
    stack.distribution().distribute(stack.acquired(crm="hubspot"))
    assert stack.asked == asked, "a duplicate asks HubSpot for nothing"


def test_a_planned_activity_that_is_over_is_no_call_time(stack: Stack) -> None:
    stack.add_hubspot()
    stack.crm = hubspot_says(notes_next_activity_date="2026-03-10T14:00:00Z")
    stack.distribution().distribute(stack.acquired(crm="hubspot"))
    assert stack.facts.assignments["lead-1"].call_from == "next working slot"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (hubspot_says(company=None, email=None, firstname=None, lastname=None), "no company, no name"),
        (hubspot_says(404), "HubSpot has nothing for GET objects/contacts/123"),
    ],
)
def test_a_lead_that_nobody_can_research_is_rejected_with_the_reason(
    stack: Stack, answer: httpx.Response, reason: str
) -> None:
    stack.add_hubspot()
    stack.crm = answer
    event = stack.distribution().distribute(stack.acquired(crm="hubspot"))
    assert isinstance(event, LeadRejected)
    assert stack.bus.events == [event]
    assert reason in event.reason
    assert not stack.facts.assignments
    assert not stack.facts.turn


@pytest.mark.parametrize(("status", "error"), [(429, CrmUnavailable), (503, CrmUnavailable), (401, CrmRefused)])
def test_trouble_with_the_crm_leaves_the_lead_to_the_next_try(
    stack: Stack, status: int, error: type[Exception]
) -> None:
    stack.add_hubspot()
    stack.crm = hubspot_says(status)
    with pytest.raises(error):
        stack.distribution().distribute(stack.acquired(crm="hubspot"))
    assert not stack.bus.events
    assert not stack.facts.assignments
    assert not stack.facts.turn
    stack.crm = hubspot_says()
    assert isinstance(stack.distribution().distribute(stack.acquired(crm="hubspot")), LeadAssigned)


@pytest.mark.parametrize("crm", ["generic", "hubspot"])
def test_a_lead_about_somebody_who_was_forgotten_is_not_researched_and_what_it_says_is_dropped(
    stack: Stack, crm: str
) -> None:
    if crm == "hubspot":
        stack.add_hubspot()
        stack.crm = hubspot_says(email="ines@tarnmoor.example")
        stack.facts.suppression.add("email:ines@tarnmoor.example")
    else:
        stack.add()
        stack.facts.suppression |= marks_of(stack.facts.leads["lead-1"])
    event = stack.distribution().distribute(stack.acquired(crm=crm))
    again = stack.distribution().distribute(stack.acquired(crm=crm))
    assert isinstance(event, LeadRejected)
    assert isinstance(again, LeadRejected)
    assert "suppression list" in event.reason
    assert event.id == again.id
    assert stack.facts.leads["lead-1"].prospect is None
    assert not stack.facts.assignments


def test_a_contact_on_the_list_is_not_even_read_back(stack: Stack) -> None:
    stack.add_hubspot()
    stack.facts.suppression.add("contact:hubspot:123")
    assert isinstance(stack.distribution().distribute(stack.acquired(crm="hubspot")), LeadRejected)
    assert stack.asked == 0
