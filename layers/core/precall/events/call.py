"""What happens to a call before it is made: who takes it, when it is, when its brief is due."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.events.base import Event


class LeadQueued(Event):
    """Nobody could be given the lead, and why; somebody has to take it from the queue."""

    type: Literal["lead.queued"] = "lead.queued"
    queue: str
    reason: str


class LeadWaited(Event):
    """The lead has been in its queue for as long as it may: sent by the lead's own schedule, not over the bus."""

    type: Literal["lead.waited"] = "lead.waited"
    queue: str


class LeadEscalated(Event):
    """Nobody took the lead in time: the managers are told."""

    type: Literal["lead.escalated"] = "lead.escalated"
    queue: str
    waited_minutes: int


class ReassignmentAsked(Event):
    """Somebody wants the lead with another rep. `to` is a rep's address, or the CRM's id of an owner; `ask` is the
    asker's own name for the wish, so that it is granted once; `by` is who asks: an address, "crm" or "operator"."""

    business_key = ("ask",)
    type: Literal["reassignment.asked"] = "reassignment.asked"
    to: str
    by: str
    ask: str


class ReassignmentRefused(Event):
    """The wish cannot be granted; `reason` names what is wrong and the fix."""

    business_key = ("ask",)
    type: Literal["reassignment.refused"] = "reassignment.refused"
    to: str
    ask: str
    reason: str


class LeadReassigned(Event):
    """Another rep has the lead; the brief and its schedule went along. `revision` counts the assignment's changes,
    `was` is who had it before."""

    business_key = ("revision",)
    type: Literal["lead.reassigned"] = "lead.reassigned"
    revision: int
    research_id: str
    was: EmailStr | None
    rep: EmailStr
    rep_name: str
    reason: str
    call_at: UtcDatetime


class CallMoved(Event):
    """The call has another time. `change` is the name that the change has where it was made (an event's id in the CRM,
    an invitation's UID and sequence), `by` where that is: "crm", "invitation", "operator", or an address. `call` names
    the call where it is kept, among others with the same lead; "" where there is but one."""

    business_key = ("change",)
    type: Literal["call.moved"] = "call.moved"
    call_at: UtcDatetime
    change: str
    by: str
    call: str = ""


class CallCancelled(Event):
    """There will be no call: nothing is sent any more. `change`, `by` and `call` as in `CallMoved`."""

    business_key = ("change",)
    type: Literal["call.cancelled"] = "call.cancelled"
    change: str
    by: str
    call: str = ""


class BriefHeld(Event):
    """The brief is ready, and waits until shortly before the call."""

    business_key = ("research_id", "call_at", "send_at")
    type: Literal["brief.held"] = "brief.held"
    research_id: str
    call_at: UtcDatetime
    send_at: UtcDatetime


class BriefDue(Event):
    """A moment before the call has come: sent by the call's own schedules, not over the bus.

    `moment`: "lead time" (the brief goes, refreshed first when it is stale), "last look" (whether a story broke since),
    "deadline" (what there is goes). Of a call that was moved since, it says nothing.
    """

    business_key = ("moment", "call_at")
    type: Literal["brief.due"] = "brief.due"
    moment: Literal["lead time", "last look", "deadline"]
    call_at: UtcDatetime


class ResearchAsked(Event):
    """A lead that was researched is researched again, and why. `only`: "brief" writes the brief anew from what was
    collected (another rep, another time); None asks the sources again, as a research of its own id."""

    business_key = ("research_id", "ask")
    type: Literal["research.asked"] = "research.asked"
    research_id: str
    ask: str
    reason: str
    only: Literal["brief"] | None = None


class BriefUpdated(Event):
    """A story broke after the brief was sent: the rep got a short update."""

    business_key = ("call_at", "to")
    type: Literal["brief.updated"] = "brief.updated"
    research_id: str
    to: EmailStr
    call_at: UtcDatetime
    message_id: str
    stories: int
