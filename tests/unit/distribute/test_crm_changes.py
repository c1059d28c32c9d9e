"""Changes that a CRM tells: of the right call, in the right order, and of what holds already nothing is made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from precall.errors import StorageUnavailable
from precall.events import CallCancelled, CallMoved, LeadAssigned, LeadReassigned, LeadRejected, ReassignmentAsked
from precall.model import Assignment, Lead
from precall.readiness import Ready
from tests.unit.distribute.conftest import NOW, Stack

TOMORROW = NOW + timedelta(days=1)
MINUTE = timedelta(minutes=1)


def about(said: datetime, **more: Any) -> dict[str, Any]:
    return {"lead_id": "lead-1", "correlation_id": "c-1", "at": said, "by": "crm", **more}


def moved(to: datetime, call: str = "Event/1", said: datetime = NOW) -> CallMoved:
    return CallMoved(**about(said, call_at=to, call=call, change=f"{call}/{to}/{said}"))


def cancelled(call: str = "Event/1", said: datetime = NOW) -> CallCancelled:
    return CallCancelled(**about(said, call=call, change=f"{call}/off/{said}"))


def owner(to: str, said: datetime) -> ReassignmentAsked:
    return ReassignmentAsked(**about(said, to=to, ask=f"{to}/{said}"))


@pytest.fixture
def slot(stack: Stack) -> Stack:
    """Dana has the lead, and would call in the next free slot."""
    stack.reps[1]["crm_owner"] = "502"
    stack.add(crm="zoho", crm_id="Leads/7", owner="501")
    stack.distribution().distribute(stack.acquired())
    stack.bus.events.clear()
    return stack


def held(stack: Stack) -> Assignment:
    return stack.facts.assignments["lead-1"]


def apply(stack: Stack, *events: CallMoved | CallCancelled | ReassignmentAsked) -> None:
    for event in events:
        stack.changes().apply(event)


def test_a_planned_call_takes_the_place_of_a_slot_and_is_known_by_its_name(slot: Stack) -> None:
    apply(slot, moved(TOMORROW))
    assert (held(slot).call_at, held(slot).call, held(slot).call_from) == (TOMORROW, "Event/1", "crm")


def test_another_call_with_the_lead_counts_only_where_it_comes_first(slot: Stack) -> None:
    apply(slot, moved(TOMORROW), moved(TOMORROW + timedelta(days=20), "Event/2"))
    assert held(slot).call == "Event/1"
    apply(slot, moved(TOMORROW - timedelta(hours=2), "Event/3"))
    assert held(slot).call == "Event/3"


def test_the_next_call_is_prepared_when_the_first_is_over_or_off(slot: Stack) -> None:
    later = TOMORROW + timedelta(days=20)
    apply(slot, moved(TOMORROW), cancelled(said=NOW + MINUTE), moved(later, "Event/2", NOW + 2 * MINUTE))
    assert (held(slot).call_at, held(slot).cancelled) == (later, False)
    slot.now = later + MINUTE
    apply(slot, moved(later + timedelta(days=9), "Event/3", slot.now))
    assert held(slot).call == "Event/3"


def test_a_call_that_is_off_cancels_no_other(slot: Stack) -> None:
    apply(slot, cancelled("Event/9"))
    assert held(slot).revision == 0
    apply(slot, moved(TOMORROW), cancelled("Event/9", NOW + MINUTE))
    assert not held(slot).cancelled


def test_a_call_that_is_over_is_neither_cancelled_nor_one_that_was_logged_later(slot: Stack) -> None:
    apply(slot, moved(TOMORROW))
    slot.now = TOMORROW + MINUTE
    apply(slot, cancelled(said=slot.now), moved(TOMORROW - timedelta(hours=3), "Event/2", slot.now))
    assert (held(slot).call_at, held(slot).cancelled, held(slot).revision) == (TOMORROW, False, 1)


def test_what_was_said_before_something_newer_changes_nothing(slot: Stack) -> None:
    apply(slot, moved(TOMORROW, said=NOW + 2 * MINUTE), moved(TOMORROW + MINUTE, said=NOW), cancelled(said=NOW))
    assert (held(slot).call_at, held(slot).revision) == (TOMORROW, 1)


def test_the_same_time_again_writes_no_brief_anew(slot: Stack) -> None:
    slot.readiness.note("lead-1", Ready("research-1", NOW), TOMORROW)
    apply(slot, moved(TOMORROW))
    slot.bus.events.clear()
    apply(slot, *[moved(TOMORROW, said=NOW + MINUTE)] * 3)
    assert slot.bus.events == []
    assert (held(slot).call_said_at, held(slot).revision) == (NOW + MINUTE, 2)


def test_the_owner_that_the_crm_named_last_has_the_lead_in_whatever_order_it_is_told(slot: Stack) -> None:
    apply(slot, owner("502", NOW + 2 * MINUTE), owner("501", NOW + MINUTE))
    assert held(slot).rep.name == "Jonas"
    assert [event.type for event in slot.bus.events].count("lead.reassigned") == 1


def test_an_owner_who_has_the_lead_already_changes_nothing_but_what_counts_as_old(slot: Stack) -> None:
    apply(slot, *[owner("501", NOW + 2 * MINUTE)] * 3, owner("502", NOW + MINUTE))
    assert (held(slot).rep.name, slot.bus.events, held(slot).revision) == ("Dana", [], 1)


def test_an_owner_named_before_a_lead_was_read_back_is_old(stack: Stack) -> None:
    stack.reps[1]["crm_owner"] = "502"
    stack.crm = httpx.Response(200, json={"properties": {"firstname": "Ines", "hubspot_owner_id": "501"}})
    stack.add_hubspot()
    stack.distribution().distribute(stack.acquired(crm="hubspot"))
    apply(stack, owner("502", NOW - MINUTE))
    assert held(stack).rep.name == "Dana"
    apply(stack, owner("502", NOW + MINUTE))
    assert held(stack).rep.name == "Jonas"
    assert any(isinstance(event, LeadReassigned) for event in stack.bus.events)


def test_an_owner_who_is_told_before_the_lead_is_distributed_gets_it_complete(stack: Stack) -> None:
    stack.crm = httpx.Response(200, json={"properties": {"firstname": "Ines", "company": "Tarnmoor"}})
    stack.add_hubspot()
    assert stack.step().take(owner("501", NOW)) == "lead.assigned"
    assert stack.facts.leads["lead-1"].known().label == "Tarnmoor"
    (told,) = stack.bus.events
    assert isinstance(told, LeadAssigned)


def test_whoever_asked_to_be_forgotten_is_given_to_no_owner(stack: Stack) -> None:
    lead: Lead = stack.add()
    stack.facts.suppression = {"domain:tarnmoor.example"}
    assert stack.facts.suppressed(lead)
    assert stack.step().take(owner("501", NOW)) == "lead.rejected"
    assert isinstance(stack.bus.events[0], LeadRejected)
    assert not stack.facts.assignments


def test_a_call_of_a_lead_that_waits_for_a_rep_is_noted(stack: Stack) -> None:
    stack.add(crm="zoho", crm_id="Leads/7")
    with pytest.raises(StorageUnavailable, match="may be assigned at this moment"):
        apply(stack, moved(TOMORROW))
    stack.now = NOW + timedelta(minutes=6)
    apply(stack, moved(TOMORROW))
    assert stack.facts.leads["lead-1"].call_at == TOMORROW
    apply(stack, cancelled())
    assert stack.facts.leads["lead-1"].call_at is None
