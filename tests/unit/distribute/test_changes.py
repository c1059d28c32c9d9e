"""Another rep, another time, no call: applied once, told once, and the brief and its schedules go along."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from precall.errors import BusUnavailable, LeadNotFound, StorageUnavailable
from precall.events import (
    BriefMissed,
    CallCancelled,
    CallMoved,
    LeadReassigned,
    ReassignmentAsked,
    ReassignmentRefused,
    ResearchAsked,
)
from precall.model import Assignment
from precall.readiness import Ready
from tests.unit.distribute.conftest import NOW, Stack

TOMORROW = NOW + timedelta(days=1)


def asked(to: str = "jonas@seller.example", ask: str = "ask-1") -> ReassignmentAsked:
    return ReassignmentAsked(lead_id="lead-1", correlation_id="c-1", at=NOW, to=to, by="operator", ask=ask)


def moved(to: datetime, change: str = "move-1", said: datetime = NOW) -> CallMoved:
    return CallMoved(lead_id="lead-1", correlation_id="c-1", at=said, call_at=to, change=change, by="crm")


def cancelled(change: str = "cancel-1", said: datetime = NOW) -> CallCancelled:
    return CallCancelled(lead_id="lead-1", correlation_id="c-1", at=said, change=change, by="invitation")


@pytest.fixture
def assigned(stack: Stack) -> Stack:
    """Dana has the lead; the call is tomorrow, and its brief is ready."""
    stack.add(call_at=TOMORROW, owner="501")
    stack.distribution().distribute(stack.acquired())
    stack.readiness.note("lead-1", Ready("research-1", NOW), TOMORROW)
    stack.bus.events.clear()
    return stack


def held(stack: Stack) -> Assignment:
    return stack.facts.assignments["lead-1"]


def moments(stack: Stack) -> dict[str, datetime]:
    return {name.split("-", 5)[-1]: moment for name, (moment, _) in stack.schedules.held.items()}


def test_a_far_call_has_its_moments(assigned: Stack) -> None:
    assert moments(assigned) == {
        "lead-time": TOMORROW - timedelta(minutes=60),
        "last-look": TOMORROW - timedelta(minutes=20),
        "deadline": TOMORROW - timedelta(minutes=5),
    }


def test_a_near_call_has_only_a_deadline_and_a_replayed_one_none(stack: Stack) -> None:
    stack.add()
    stack.distribution().distribute(stack.acquired())
    assert set(moments(stack)) == {"deadline"}
    stack.schedules.held.clear()
    stack.add(id="lead-2", as_of=NOW - timedelta(days=365), call_at=TOMORROW)
    stack.distribution().distribute(stack.acquired("lead-2"))
    assert not stack.schedules.held


def test_another_rep_gets_the_lead_and_a_brief_that_says_so(assigned: Stack) -> None:
    assigned.changes().apply(asked())
    told, again = assigned.bus.events
    assert isinstance(told, LeadReassigned)
    assert (told.was, told.rep, told.revision) == ("dana@seller.example", "jonas@seller.example", 1)
    assert (told.call_at, told.reason) == (TOMORROW, "reassigned by hand")
    assert isinstance(again, ResearchAsked)
    assert (again.research_id, again.only) == ("research-1", "brief")
    assert held(assigned).rep.time_zone == "Europe/Vienna"


def test_told_twice_is_done_once(assigned: Stack) -> None:
    assigned.changes().apply(asked())
    assigned.changes().apply(asked())
    first, _, again, _ = assigned.bus.events
    assert first.id == again.id
    assert held(assigned).revision == 1


def test_a_wish_that_was_granted_long_ago_takes_nothing_back(assigned: Stack) -> None:
    for event in (asked(), asked("dana@seller.example", "ask-2"), asked()):
        assigned.changes().apply(event)
    assert held(assigned).rep.name == "Dana"
    assert len({event.id for event in assigned.bus.events if isinstance(event, LeadReassigned)}) == 2


@pytest.mark.parametrize("to", ["501", "DANA@seller.example"])
def test_a_rep_is_called_by_address_or_by_the_crms_id(assigned: Stack, to: str) -> None:
    assigned.changes().apply(asked(to))
    assert held(assigned).rep.name == "Dana"


def test_nobody_in_the_team_gets_nothing_and_the_asker_learns_why(assigned: Stack) -> None:
    assigned.changes().apply(asked("eve@else.example"))
    (refused,) = assigned.bus.events
    assert isinstance(refused, ReassignmentRefused)
    assert "add the rep to precall.yaml" in refused.reason
    assert held(assigned).revision == 0


def test_a_slot_of_a_rep_becomes_the_other_reps_next_one(stack: Stack) -> None:
    stack.now = datetime(2026, 3, 11, 16, 10, tzinfo=UTC)  # Jonas went home at five, Vienna time
    stack.add(owner="501")
    stack.distribution().distribute(stack.acquired())
    stack.changes().apply(asked())
    assert held(stack).call_at == datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
    assert not any(isinstance(event, ResearchAsked) for event in stack.bus.events), "the first brief is not written yet"


def test_a_moved_call_moves_the_schedules(assigned: Stack) -> None:
    later = TOMORROW + timedelta(hours=3)
    assigned.changes().apply(moved(later))
    assert moments(assigned)["lead-time"] == later - timedelta(minutes=60)
    assert (held(assigned).call_at, held(assigned).call_from) == (later, "crm")
    assert [event.type for event in assigned.bus.events] == ["research.asked"]


def test_a_call_moved_near_keeps_no_schedule_of_its_old_time(assigned: Stack) -> None:
    assigned.changes().apply(moved(NOW + timedelta(minutes=12)))
    assert set(moments(assigned)) == {"deadline"}


def test_a_cancelled_call_has_no_schedules_until_it_is_set_again(assigned: Stack) -> None:
    assigned.changes().apply(cancelled())
    assert held(assigned).cancelled
    assert not assigned.schedules.held
    assert not assigned.bus.events
    assigned.changes().apply(moved(TOMORROW, said=NOW + timedelta(minutes=1)))
    assert not held(assigned).cancelled
    assert len(assigned.schedules.held) == 3


def test_a_call_moved_to_the_past_is_missed_and_nothing_is_sent(assigned: Stack) -> None:
    assigned.changes().apply(moved(NOW - timedelta(hours=1)))
    (missed,) = assigned.bus.events
    assert isinstance(missed, BriefMissed)
    assert "over" in missed.reason
    assert not assigned.schedules.held


def test_changes_that_arrive_out_of_order_end_in_the_latest(assigned: Stack) -> None:
    assigned.changes().apply(moved(TOMORROW + timedelta(hours=2), "second", NOW + timedelta(minutes=2)))
    assigned.changes().apply(moved(TOMORROW + timedelta(hours=1), "first", NOW + timedelta(minutes=1)))
    assigned.changes().apply(cancelled("before", NOW))
    assert held(assigned).call_at == TOMORROW + timedelta(hours=2)
    assert held(assigned).changes == ("second",)


def test_what_failed_halfway_is_finished_by_the_next_try(assigned: Stack) -> None:
    later = TOMORROW + timedelta(hours=3)
    assigned.schedules.down = StorageUnavailable("down")
    with pytest.raises(StorageUnavailable):
        assigned.changes().apply(moved(later))
    assigned.schedules.down = None
    assigned.bus.down = BusUnavailable("down")
    with pytest.raises(BusUnavailable):
        assigned.changes().apply(moved(later))
    assigned.bus.down = None
    assigned.changes().apply(moved(later))
    assert moments(assigned)["deadline"] == later - timedelta(minutes=5)
    assert held(assigned).revision == 1


def test_who_loses_the_race_tries_again(assigned: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigned.facts, "reassign", lambda assignment: False)
    with pytest.raises(StorageUnavailable, match="changed in between"):
        assigned.changes().apply(asked())
    assert not assigned.bus.events


def test_an_erased_lead_cannot_be_changed(stack: Stack) -> None:
    with pytest.raises(LeadNotFound, match="no assignment"):
        stack.changes().apply(asked())
