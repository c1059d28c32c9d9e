"""How much is said about a prospect, where, and from day to day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from precall.model._base import Model
from precall.model.judged import Sentiment
from precall.model.kind import Kind


class KindCount(Model):
    """How much is said in one kind of place, and its sentiment towards the prospect."""

    kind: Kind
    mentions: int = Field(ge=0)
    outlets: int = Field(ge=0)
    sentiment: Sentiment = Field(default_factory=Sentiment)


class DayCount(Model):
    """Mentions at independent outlets on one day (UTC)."""

    day: date
    mentions: int = Field(ge=0)


class Chatter(Model):
    """All that is said about the prospect: where it is generated, and how much, day by day, oldest first.

    `normal` is the usual number a day, from the account's own `history` or, at its first lead, from the earlier days of
    the `window`; None when there is too little to say. `burst` is the last days' number against it, 1 being normal.
    """

    kinds: tuple[KindCount, ...] = ()
    days: tuple[DayCount, ...] = ()
    normal: float | None = Field(default=None, ge=0)
    normal_from: Literal["history", "window"] | None = None
    burst: float | None = Field(default=None, ge=0)
