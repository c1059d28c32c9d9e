"""What changes after a lead was assigned: another rep, another time, no call. The brief and the schedules go along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from distribute import telling
from distribute.desk import Desk, assignee
from distribute.pools import rep_called
from distribute.timing import Timing
from distribute.which_call import concerns
from distribute.which_owner import is_old
from precall.at_work import works_at
from precall.bus import Bus
from precall.clock import Clock
from precall.config import Rep
from precall.errors import LeadNotFound, StorageUnavailable
from precall.events import CallCancelled, CallMoved, Event, ReassignmentAsked
from precall.facts import Facts
from precall.model import Assignment, CallFrom
from precall.readiness import Readiness

if TYPE_CHECKING:
    from precall.config import Config

Change = ReassignmentAsked | CallMoved | CallCancelled
_CONFIRMED = "as it was: "
"""How the names of changes that changed nothing begin."""
_BEING_ASSIGNED = timedelta(minutes=5)
_CALL_FROM: dict[str, CallFrom] = {"crm": "crm", "invitation": "invitation"}


@dataclass(frozen=True)
class Changes:
    """Applies each change once, however often it is told of, and tells what holds afterwards."""

    facts: Facts
    bus: Bus
    config: Callable[[], Config]
    readiness: Readiness
    desk: Desk
    timing: Timing
    clock: Clock

    def apply(self, event: Change) -> None:
        """What came of `event` is on the bus afterwards.

        LeadNotFound: an erased lead, or one without a rep whom another is to follow. StorageUnavailable,
        BusUnavailable: to be tried again, also when another change came in between.
        """
        held = self.facts.assignment(event.lead_id)
        if held is None:
            self._noted(event)
            return
        told = self._given(event, held) if isinstance(event, ReassignmentAsked) else self._set(event, held)
        self.desk.settle(event.lead_id)
        self.bus.publish(*told)

    def _noted(self, event: Change) -> None:
        """The call's time of a lead that waits in a queue; one that just came in may be assigned at this moment."""
        if isinstance(event, ReassignmentAsked):
            raise LeadNotFound(f"lead {event.lead_id} has no assignment to change: it was erased, or is still queued")
        lead = self.facts.lead(event.lead_id)
        if self.clock() - lead.acquired_at < _BEING_ASSIGNED:
            raise StorageUnavailable(f"lead {lead.id} may be assigned at this moment; its call is looked at again")
        call_at = event.call_at if isinstance(event, CallMoved) else None
        self.facts.complete_lead(lead.model_copy(update={"call_at": call_at}))

    def _given(self, event: ReassignmentAsked, held: Assignment) -> list[Event]:
        rep = rep_called(event.to, self.config().reps)
        if rep is None:
            return [telling.refused(event, telling.NO_REP.format(to=event.to))]
        known = event.ask in held.changes
        if not known and is_old(event, held, self.facts.lead(held.lead_id)):
            return []  # a later owner was told of first
        if not known and event.by == "crm" and rep.email == held.rep.email:
            self._confirmed(held, event.ask, held.rep_said_at == event.at, {"rep_said_at": event.at})
            return []
        now = held if known else self._with(held, rep, event)
        self._settle(now, held)
        was = None if known else held.rep.email
        told = telling.reassigned(event, now, was, self.clock())
        return [told, *self._written_anew(event, now, event.ask, f"the call is now {now.rep.name}'s")]

    def _with(self, held: Assignment, rep: Rep, event: ReassignmentAsked) -> Assignment:
        """With the rep's own next slot where the time was only the other's, and this rep does not work then."""
        lead = self.facts.lead(held.lead_id)
        ahead, off = held.call_at > (lead.as_of or self.clock()), self.config().days_off(rep)
        suits = held.call_from != "next working slot" or (ahead and works_at(rep, held.call_at, off))
        return held.model_copy(
            update={
                "rep": assignee(rep),
                "rep_said_at": event.at,
                "reason": f"reassigned by {telling.by(event)}",
                "call_at": held.call_at if suits else self.desk.slot_of(lead, rep) or held.call_at,
                "changes": (*held.changes, event.ask),
            }
        )

    def _set(self, event: CallMoved | CallCancelled, held: Assignment) -> list[Event]:
        known = event.change in held.changes
        if not (known or concerns(event, held, self.clock())):
            return []
        now = held if known else _at_another_time(held, event)
        if not (known or held.cancelled or now.cancelled) and now.call_at == held.call_at:
            said = {"call_said_at": event.at, "call": now.call}
            self._confirmed(held, event.change, held.call_said_at == event.at, said)
            return []
        self._settle(now, held)
        if isinstance(event, CallCancelled):
            return []
        return [telling.over(event, now)] if self._is_over(now) else self._moved(event, now)

    def _confirmed(self, held: Assignment, name: str, again: bool, said: dict[str, Any]) -> None:
        """What was told holds already: only when it was said is new, unless it is told `again`; nothing is told."""
        if not again:
            changes = (*held.changes, f"{_CONFIRMED}{name}")
            self._settle(held.model_copy(update={**said, "changes": changes}), held)

    def _moved(self, event: CallMoved, now: Assignment) -> list[Event]:
        return self._written_anew(event, now, event.change, "the call has another time")

    def _settle(self, now: Assignment, held: Assignment) -> None:
        """Store what is new, then move the schedules: when that fails, the next try finds it stored and moves them."""
        if now.revision > held.revision and not self.facts.reassign(now):
            raise StorageUnavailable("the assignment was changed in between; it is looked at again")
        self.timing.change(self.facts.lead(now.lead_id), now, self.config(), self.clock())

    def _written_anew(
        self, event: ReassignmentAsked | CallMoved, now: Assignment, ask: str, reason: str
    ) -> list[Event]:
        """The wish for a brief that names the new rep and time; none is needed while the first is not yet written."""
        ready = self.readiness.newest(now.lead_id)
        if ready is None or self._is_over(now) or now.cancelled:
            return []
        return [telling.written_anew(event, ready.research_id, ask, reason, self.clock())]

    def _is_over(self, assignment: Assignment) -> bool:
        return assignment.call_at <= (self.facts.lead(assignment.lead_id).as_of or self.clock())


def _at_another_time(held: Assignment, event: CallMoved | CallCancelled) -> Assignment:
    said = {"changes": (*held.changes, event.change), "call_said_at": event.at, "call": event.call or held.call}
    if isinstance(event, CallCancelled):
        return held.model_copy(update={**said, "cancelled": True})
    call_from = _CALL_FROM.get(event.by, "asked")
    return held.model_copy(update={**said, "call_at": event.call_at, "call_from": call_from, "cancelled": False})
