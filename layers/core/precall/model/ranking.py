"""Stories: mentions of the same event, scored, with every part of the score kept."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.mention import Kind


class Proximity(StrEnum):
    """How close a story is to the prospect, closest first."""

    CONTACT = "contact"
    ACCOUNT = "account"
    PASSING = "passing"


class ScorePart(Model):
    """One reason of a score: `value` in 0…1, its `weight`, and the clause that a person reads."""

    name: Literal["recency", "volume", "proximity", "sentiment"]
    value: float = Field(ge=0, le=1)
    weight: float = Field(ge=0)
    because: str


class Sentiment(Model):
    """Sentiment towards the prospect; `state` says whether it was scored at all."""

    state: Literal["not_scored", "scored"] = "not_scored"
    value: float | None = Field(default=None, ge=-1, le=1)


class Story(Model):
    """Mentions of one event. `mention_ids` has the best mention first; its title is the headline."""

    id: str
    headline: str
    mention_ids: tuple[str, ...] = Field(min_length=1)
    first_seen: UtcDatetime | None = None
    last_seen: UtcDatetime | None = None
    outlets: tuple[str, ...] = ()
    wire_copies: int = Field(default=0, ge=0)
    kinds: tuple[Kind, ...] = ()
    proximity: Proximity
    sentiment: Sentiment = Sentiment()
    parts: tuple[ScorePart, ...] = ()
    score: float = Field(ge=0, le=1)


class Ranking(Model):
    """The stories of one research, best first; `set_aside` counts mentions left out, by reason."""

    lead_id: str
    research_id: str
    as_of: UtcDatetime
    stories: tuple[Story, ...] = ()
    set_aside: dict[str, int] = Field(default_factory=dict)
