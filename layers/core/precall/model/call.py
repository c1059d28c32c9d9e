"""A call as managers and agendas see it: one line about a lead, made from its trail."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model

PrepState = Literal["preparing", "briefed", "acknowledged", "late", "failed", "missing"]


class Answered(Model):
    """How one source answered the research of a call."""

    source: str
    state: Literal["answered", "failed"]
    took_ms: int = 0
    mentions: int = 0


class Call(Model):
    """One call: whom, who, when, and how its preparation stands.

    `state` is what the trail said when `counted` of its events were known: of a call that is over and was "preparing"
    nobody tells, it is missing (`state_at`). `brief_at` is when the brief went out, `prepared_at` when it was
    acknowledged or read; `outcome` what came of the call.
    """

    lead_id: str
    research_id: str
    who: str
    account: str
    contact: str | None = None
    rep: str
    rep_name: str
    time_zone: str
    source: str | None = None
    call_at: UtcDatetime
    acquired_at: UtcDatetime | None = None
    brief_at: UtcDatetime | None = None
    prepared_at: UtcDatetime | None = None
    state: PrepState
    reason: str | None = None
    stories: int | None = None
    outcome: str | None = None
    cancelled: bool = False
    sources: tuple[Answered, ...] = ()
    touches: int = Field(default=0, ge=0)

    def state_at(self, now: UtcDatetime) -> PrepState:
        """The state now: a call that has begun while it was being prepared has no brief."""
        return "missing" if self.state == "preparing" and self.call_at <= now else self.state

    @property
    def prepared(self) -> bool:
        """Whether the rep acknowledged or read the brief before the call."""
        return self.state == "acknowledged"
