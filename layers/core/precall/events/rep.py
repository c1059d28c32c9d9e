"""Who takes a call: a rep, another, or nobody yet."""

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
