"""How a research ends: with a brief, or without."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal, Self

from precall.clock import UtcDatetime
from precall.events.base import Event

if TYPE_CHECKING:
    from precall.model import Brief


class BriefReady(Event):
    """The brief is stored, in HTML, plain text and JSON. `as_of`: the clock of its research; events of older versions
    have none."""

    business_key = ("research_id",)
    type: Literal["brief.ready"] = "brief.ready"
    research_id: str
    stories: int
    partial: bool = False
    as_of: UtcDatetime | None = None

    @classmethod
    def of(cls, brief: Brief, correlation_id: str, at: datetime) -> Self:
        """That this one is stored."""
        return cls(
            lead_id=brief.lead_id,
            research_id=brief.research_id,
            correlation_id=correlation_id,
            at=at,
            stories=len(brief.stories),
            partial=brief.partial,
            as_of=brief.as_of,
        )


DEADLINE = "deadline"
"""The step of a research that was not waited for."""


class ResearchFailed(Event):
    """No brief could be made; `step` and `error` say where and why."""

    business_key = ("research_id",)
    type: Literal["research.failed"] = "research.failed"
    research_id: str
    step: str
    error: str

    @property
    def beyond_budget(self) -> bool:
        """Whether nothing was tried, as the day's budget of researches was used up (`research.asl.json`)."""
        return self.step == "budget"

    @property
    def unfinished(self) -> bool:
        """Whether a brief may come yet: the call's deadline did not wait for it. Only `deliver` says so, to itself."""
        return self.step == DEADLINE

    @property
    def story(self) -> str:
        """What happened, as a person says it."""
        if self.beyond_budget:
            return "the lead was not researched, because the day's budget of researches is used up"
        if self.unfinished:
            return "the research had not finished shortly before the call"
        return f"the research failed while {self.doing} ({self.error})"

    @property
    def doing(self) -> str:
        """What the research was doing when it failed, as a person says it: "ranking the stories"."""
        said = {"collect": "asking the sources", "rank": "ranking the stories", "brief": "writing the brief"}
        return said.get(self.step, self.step)
