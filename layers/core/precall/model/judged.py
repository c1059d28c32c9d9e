"""What a story is judged by: the sentiment towards the prospect, and the parts of its score."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.model._base import Model

MOSTLY = 0.6
"""From this share of its mentions on, one label speaks for a story."""


class ScorePart(Model):
    """One reason of a score: `value` in 0…1, its `weight`, and the clause that a person reads."""

    name: Literal["recency", "volume", "burst", "proximity", "signal", "context", "feedback", "sentiment"]
    value: float = Field(ge=0, le=1)
    weight: float = Field(ge=0)
    because: str


class Sentiment(Model):
    """Sentiment towards the prospect, with its spread over mentions; `state` says whether it was scored at all.

    `value` is the mean over outlets of the mentions that decide: those that name the prospect, or, in `general_tone`,
    all that were scored because none does. `trend` is their later half's mean less the earlier half's; None when there
    are too few dated ones. `negative`, `neutral` and `positive` count them; `not_scored` counts mentions without a
    judgement. "unavailable": the model could not be used.
    """

    state: Literal["not_scored", "scored", "unavailable"] = "not_scored"
    value: float | None = Field(default=None, ge=-1, le=1)
    trend: float | None = Field(default=None, ge=-2, le=2)
    negative: int = Field(default=0, ge=0)
    neutral: int = Field(default=0, ge=0)
    positive: int = Field(default=0, ge=0)
    not_scored: int = Field(default=0, ge=0)
    general_tone: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """How many mentions decide, by label."""
        return {"positive": self.positive, "negative": self.negative, "neutral": self.neutral}

    @property
    def scored(self) -> int:
        """How many mentions decide."""
        return self.positive + self.negative + self.neutral

    @property
    def label(self) -> Literal["positive", "negative", "neutral", "mixed", ""]:
        """The label of at least `MOSTLY` of the mentions, else "mixed"; "" when none was scored."""
        if not self.scored:
            return ""
        labels: tuple[Literal["positive", "negative", "neutral"], ...] = ("positive", "negative", "neutral")
        first = max(labels, key=self.counts.__getitem__)
        return first if self.counts[first] >= MOSTLY * self.scored else "mixed"
