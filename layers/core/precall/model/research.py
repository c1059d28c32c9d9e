"""What the research workflow passes from step to step: ids, and what went wrong on the way."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from precall.model._base import Model


class StepFailure(Model):
    """A step that gave up: `error` is the class name, `cause` what it said."""

    step: str
    error: str
    cause: str = ""


class ResearchTask(BaseModel):
    """The input of collect, rank and brief; other fields of the event that started the workflow are ignored.
    `execution` of the workflow is who does it. `beyond_budget` is what collect says when the day's researches are used
    up, `repeated` when another execution does this one, or has done it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lead_id: str
    research_id: str
    correlation_id: str
    execution: str = ""
    failures: tuple[StepFailure, ...] = ()
    beyond_budget: bool = False
    repeated: bool = False
