"""The brief: what the rep reads, as data. Each sentence is a quote or a filled template, and cites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.chatter import Chatter
from precall.model.judged import ScorePart, Sentiment
from precall.model.lead import Activity, Assignee, Prospect
from precall.model.namesake import Namesake
from precall.model.signal_kind import SignalKind
from precall.model.source import SourceReport


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
    """A story as the brief tells it: headline, at most two verbatim sentences, and why it ranks.

    `breaking` stories come first, whatever their score; `new` ones were not in the account's last brief.
    """

    story_id: str
    mention_ids: tuple[str, ...] = ()
    headline: Sentence
    sentences: tuple[Sentence, ...] = Field(default=(), max_length=2)
    seen: Sentence
    mood: Sentence | None = None
    proximity: str
    doubtful: bool = False
    sensitive: str | None = None
    breaking: bool = False
    new: bool = False
    sentiment: Sentiment
    parts: tuple[ScorePart, ...]
    score: float
    url: str
    outlet: str
    published_at: UtcDatetime | None
    language: str | None = None


class BriefSignal(Model):
    """A trigger event: the words that show it, and what to open with; without an opener: know it, do not raise it."""

    kind: SignalKind
    quote: Sentence
    opener: Sentence | None = None


class BriefCheck(Model):
    """A fact that a quote needs: what was found, or, without it, what to ask."""

    ask: str
    found: Sentence | None = None


class Brief(Model):
    """The whole document; every form is rendered from it and from nothing else.

    `ranked` is False when ranking failed: the stories are then single mentions, newest first, without parts and with
    score 0. `partial` says that a step failed, that a sentence was refused, or that no source answered; `failures`
    says what, as a person reads it. `looked_for` are the names that counted as the prospect's, `namesakes` who else
    has them. `market` are headlines about its competitors and its market, not about it. `thin`: too little is known for
    more than questions. `since` says what changed since the last brief.
    """

    version: Literal[2] = 2
    lead_id: str
    research_id: str
    prospect: Prospect
    rep: Assignee | None
    call_at: UtcDatetime | None
    as_of: UtcDatetime
    lead_source: str | None = None
    activities: tuple[Activity, ...] = ()
    purpose: str | None = None
    stage: str | None = None
    customer: bool | None = None
    subject: str
    bottom_line: tuple[Sentence, ...] = Field(default=(), max_length=3)
    stories: tuple[BriefStory, ...] = Field(default=(), max_length=5)
    chatter: tuple[Sentence, ...] = ()
    volume: Chatter = Field(default_factory=Chatter)
    posts: tuple[Sentence, ...] = Field(default=(), max_length=2)
    market: tuple[Sentence, ...] = Field(default=(), max_length=2)
    signals: tuple[BriefSignal, ...] = Field(default=(), max_length=5)
    person: tuple[Sentence, ...] = Field(default=(), max_length=3)
    glance: tuple[Sentence, ...] = Field(default=(), max_length=12)
    checklist: tuple[BriefCheck, ...] = Field(default=(), max_length=20)
    questions: tuple[Sentence, ...] = Field(default=(), max_length=5)
    since: Sentence | None = None
    coverage: tuple[SourceReport, ...] = ()
    mentions_read: int = 0
    set_aside: dict[str, int] = Field(default_factory=dict)
    looked_for: tuple[str, ...] = ()
    namesakes: tuple[Namesake, ...] = ()
    window_days: int | None = None
    seller: str | None = None
    thin: bool = False
    ranked: bool = True
    partial: bool = False
    failures: tuple[str, ...] = ()
    link: str | None = None

    def sentences(self) -> Iterator[tuple[str, Sentence]]:
        """Every sentence with its place, as in `stories[0].headline`, in the order of reading."""
        for name in ("bottom_line", "chatter", "posts", "market", "person", "glance", "questions"):
            yield from ((f"{name}[{i}]", sentence) for i, sentence in enumerate(getattr(self, name)))
        for i, story in enumerate(self.stories):
            yield f"stories[{i}].headline", story.headline
            yield from ((f"stories[{i}].sentences[{j}]", sentence) for j, sentence in enumerate(story.sentences))
            yield from ((f"stories[{i}].{n}", s) for n, s in (("seen", story.seen), ("mood", story.mood)) if s)
        for i, signal in enumerate(self.signals):
            yield from ((f"signals[{i}].{n}", s) for n, s in (("quote", signal.quote), ("opener", signal.opener)) if s)
        yield from ((f"checklist[{i}].found", check.found) for i, check in enumerate(self.checklist) if check.found)
        if self.since:
            yield "since", self.since
