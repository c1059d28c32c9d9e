"""Stories: mentions of the same event, scored, with every part of the score kept."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.mention import Kind
from precall.model.signal_kind import SignalKind

MOSTLY = 0.6
"""From this share of its mentions on, one label speaks for a story."""


class Proximity(StrEnum):
    """How close a story is to the prospect, closest first."""

    CONTACT = "contact"
    ACCOUNT = "account"
    PASSING = "passing"
    MARKET = "market"


class Signal(Model):
    """A trigger event, with the sentence that shows it: `sentence` is a verbatim span of the mention's `field`.

    `confidence` is a probability in 0…1; `at` is when the mention was published.
    """

    kind: SignalKind
    mention_id: str
    field: Literal["title", "text"]
    sentence: str
    at: UtcDatetime | None = None
    confidence: float = Field(ge=0, le=1)


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


class Story(Model):
    """Mentions of one event. `mention_ids` has the best mention first; its title is the headline.

    `about` is the probability in 0…1 that it is about the prospect and not a namesake; `doubtful` stories are marked.
    `sensitive` names a topic (death, illness, …) with which no call is opened.
    """

    id: str
    headline: str
    mention_ids: tuple[str, ...] = Field(min_length=1)
    first_seen: UtcDatetime | None = None
    last_seen: UtcDatetime | None = None
    outlets: tuple[str, ...] = ()
    wire_copies: int = Field(default=0, ge=0)
    kinds: tuple[Kind, ...] = ()
    signals: tuple[Signal, ...] = ()
    proximity: Proximity
    about: float = Field(default=1.0, ge=0, le=1)
    doubtful: bool = False
    sensitive: str | None = None
    sentiment: Sentiment = Field(default_factory=Sentiment)
    parts: tuple[ScorePart, ...] = ()
    score: float = Field(ge=0, le=1)


class Ranking(Model):
    """The stories of one research, best first; `set_aside` counts mentions left out, by reason.

    `market` has the stories of the account's market, best first: they do not name the account, rank below every story
    that does, and count nowhere in what is said of it.
    """

    lead_id: str
    research_id: str
    as_of: UtcDatetime
    stories: tuple[Story, ...] = ()
    market: tuple[Story, ...] = ()
    chatter: Chatter = Field(default_factory=Chatter)
    set_aside: dict[str, int] = Field(default_factory=dict)
