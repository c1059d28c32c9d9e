"""What happens to a brief as its call comes near: it is held, due, refreshed, updated."""

from __future__ import annotations

from typing import Literal

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.events.base import Event


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
