"""What ranks, in `precall.yaml`: weights, half-lives, how far back to look, what counts for which call."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from precall.model._base import Model
from precall.model.lead import Purpose
from precall.model.signal_kind import SignalKind

Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[float, Field(gt=0, le=365)]


class Weights(Model):
    """How much each part counts in a story's score; they are scaled to sum 1 over the parts that have a value."""

    recency: Share = 0.25
    volume: Share = 0.15
    burst: Share = 0.05
    proximity: Share = 0.30
    signal: Share = 0.15
    context: Share = 0.10
    feedback: Share = 0.20
    sentiment: Share = 0.0

    @model_validator(mode="after")
    def _something_counts(self) -> Weights:
        if not sum(self.model_dump().values()):
            raise ValueError("all weights are 0; give at least one part a weight")
        return self


class HalfLives(Model):
    """Days after which a story is half as fresh, by where it is generated; one number holds for all."""

    news: Days = 5.0
    social: Days = 2.0
    forum: Days = 4.0
    first_party: Days = 7.0
    filing: Days = 14.0
    job: Days = 14.0
    reference: Days = 30.0

    @model_validator(mode="before")
    @classmethod
    def _one_for_all(cls, given: Any) -> Any:
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        return dict.fromkeys(cls.model_fields, given) if is_number else given


class Ranking(Model):
    """What ranks: weights, half-lives in days, how far back to look in days.

    `signals` changes what a trigger event is worth in a call (see docs/scoring.md for what holds otherwise).
    """

    weights: Weights = Field(default_factory=Weights)
    half_life_days: HalfLives = Field(default_factory=HalfLives)
    window_days: int = Field(default=30, ge=1, le=365)
    signals: dict[Purpose, dict[SignalKind, Share]] = Field(default_factory=dict)
