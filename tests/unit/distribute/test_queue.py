"""A lead that nobody can be given waits in a queue, is looked at again, and the managers hear of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from precall.events import (
    LeadAssigned,
    LeadEscalated,
    LeadQueued,
    LeadWaited,
    ReassignmentAsked,
    ReassignmentRefused,
)
from tests.unit.distribute.conftest import NOW, REPS, Stack

WAITED = LeadWaited(lead_id="lead-1", correlation_id="c-1", at=NOW, queue="everybody")


@pytest.fixture
def full(stack: Stack) -> Stack:
    """Nobody has a call left."""
    stack.reps = [rep | {"capacity": 0} for rep in REPS]
    stack.add()
    stack.distribution().distribute(stack.acquired())
    return stack


def wanted(to: str) -> ReassignmentAsked:
    return ReassignmentAsked(lead_id="lead-1", correlation_id="c-1", at=NOW, to=to, by="priya@seller.example", ask="1")


def test_a_lead_that_nobody_can_be_given_waits_and_the_reason_is_told(full: Stack) -> None:
    (queued,) = full.bus.events
    assert isinstance(queued, LeadQueued)
    assert queued.queue == "everybody"
    assert queued.reason == "nobody has a call left in the next working days (the CRM names no owner)"
    assert not full.facts.assignments
    ((moment, event),) = full.waiting.held.values()
    assert (moment, event.type) == (NOW + timedelta(minutes=15), "lead.waited")


def test_told_twice_it_waits_once(full: Stack) -> None:
    full.now += timedelta(minutes=5)
    full.distribution().distribute(full.acquired())
    first, again = full.bus.events
    assert first.id == again.id
    assert [moment for moment, _ in full.waiting.held.values()] == [NOW + timedelta(minutes=15)]


def test_after_its_time_the_managers_are_told_and_it_is_looked_at_again(full: Stack) -> None:
    full.now += timedelta(minutes=16)
    told = full.distribution().waited(WAITED)
    assert isinstance(told, LeadEscalated)
    assert told.waited_minutes == 16
    assert [moment for moment, _ in full.waiting.held.values()] == [full.now + timedelta(hours=1)]


def test_who_is_free_by_then_gets_it(full: Stack) -> None:
    full.reps = [*REPS]
    assert isinstance(full.distribution().waited(WAITED), LeadAssigned)
    assert full.distribution().waited(WAITED) is None, "somebody has it"


def test_whoever_takes_it_has_it_and_the_research_starts(full: Stack) -> None:
    full.step().take(wanted("jonas@seller.example"))
    taken = full.bus.events[-1]
    assert isinstance(taken, LeadAssigned)
    assert (taken.rep, taken.reason) == ("jonas@seller.example", "taken by priya@seller.example")
    assert full.step().take(WAITED) == "taken before"


def test_who_is_nobody_cannot_take_it(full: Stack) -> None:
    full.step().take(wanted("eve@else.example"))
    assert isinstance(full.bus.events[-1], ReassignmentRefused)


def test_a_rule_may_lead_to_a_queue(stack: Stack) -> None:
    stack.routing = {"rules": [{"when": {"source": ["fair"]}, "queue": "partners"}], "take_within": 30}
    stack.add(source="Fair")
    queued = stack.distribution().distribute(stack.acquired())
    assert isinstance(queued, LeadQueued)
    assert (queued.queue, queued.reason) == ("partners", "rule 1 (source fair)")
    assert [moment for moment, _ in stack.waiting.held.values()] == [NOW + timedelta(minutes=30)]


def test_nobody_looks_for_ever(full: Stack) -> None:
    full.waiting.held.clear()
    full.now += timedelta(days=8)
    assert isinstance(full.distribution().waited(WAITED), LeadEscalated)
    assert not full.waiting.held


def test_another_rep_and_a_cancelled_call_free_the_first_reps_time(stack: Stack) -> None:
    stack.add()
    stack.distribution().distribute(stack.acquired())
    stack.step().take(wanted("jonas@seller.example"))
    calls = {page.rep: booked.calls for page, booked in stack.diary.pages.items()}
    assert calls == {"dana@seller.example": 0, "jonas@seller.example": 1}
