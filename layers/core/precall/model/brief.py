"""The brief: what the rep reads, as data. Each sentence is a quote or a filled template, and cites."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.lead import Activity, Assignee, Prospect
from precall.model.mention import SourceReport
from precall.model.ranking import ScorePart, Sentiment


class Citation(Model):
    """Where a sentence comes from: a stored mention, which field of it, and what a reader needs to check it."""

    mention_id: str
    field: Literal["title", "text"]
    url: str
    outlet: str
    published_at: UtcDatetime | None


class Sentence(Model):
    """One sentence. A `quote` is a verbatim span of a cited mention; a `template` is named, and its slots are facts."""

    text: str
    kind: Literal["quote", "template"]
    template: str | None = None
    slots: dict[str, str] = Field(default_factory=dict)
    citations: tuple[Citation, ...] = ()


class BriefStory(Model):
    """A story as the brief tells it: headline, at most two verbatim sentences, and why it ranks."""

    story_id: str
    headline: Sentence
    sentences: tuple[Sentence, ...] = Field(default=(), max_length=2)
    seen: Sentence
    mood: Sentence | None = None
    proximity: str
    sentiment: Sentiment
    parts: tuple[ScorePart, ...]
    score: float
    url: str
    outlet: str
    published_at: UtcDatetime | None


class Brief(Model):
    """The whole document; HTML and plain text are rendered from it and from nothing else.

    `ranked` is False when ranking failed: the stories are then single mentions, newest first, without parts and with
    score 0. `partial` says that a step failed, that a sentence was refused, or that no source answered; `failures`
    says what, as a person reads it. `looked_for` are the names that counted as the prospect's.
    """

    version: Literal[1] = 1
    lead_id: str
    research_id: str
    prospect: Prospect
    rep: Assignee | None
    call_at: UtcDatetime | None
    as_of: UtcDatetime
    lead_source: str | None = None
    activities: tuple[Activity, ...] = ()
    subject: str
    bottom_line: tuple[Sentence, ...] = ()
    stories: tuple[BriefStory, ...] = Field(default=(), max_length=5)
    coverage: tuple[SourceReport, ...] = ()
    mentions_read: int = 0
    set_aside: dict[str, int] = Field(default_factory=dict)
    looked_for: tuple[str, ...] = ()
    window_days: int | None = None
    seller: str | None = None
    ranked: bool = True
    partial: bool = False
    failures: tuple[str, ...] = ()
    link: str | None = None
