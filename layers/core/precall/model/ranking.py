"""Stories: mentions of the same event, scored, with every part of the score kept."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.chatter import Chatter
from precall.model.judged import ScorePart, Sentiment
from precall.model.kind import Kind
from precall.model.signal_kind import SignalKind


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
