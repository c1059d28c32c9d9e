"""Mentions: what was collected about a prospect, and how the asking went."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.lead import Prospect


class Kind(StrEnum):
    """Where a mention is generated."""

    NEWS = "news"
    SOCIAL = "social"
    FORUM = "forum"
    FIRST_PARTY = "first_party"
    FILING = "filing"


class TextOrigin(StrEnum):
    """What `Mention.text` is, so that a title is never passed off as body text."""

    NONE = "none"
    SNIPPET = "snippet"
    ARTICLE = "article"
    POST = "post"


class DateOrigin(StrEnum):
    """Where the date of publication was read."""

    FEED = "feed"
    API = "api"
    PAGE = "page"


class Engagement(Model):
    """Reactions, in the source's own scale."""

    points: int = Field(default=0, ge=0)
    comments: int = Field(default=0, ge=0)


class Mention(Model):
    """One collected item about the prospect.

    `id` is derived from `url` (see `precall.ids.mention_id`), `outlet` is the registrable domain or account
    that published it, `outlet_name` what a person calls it. A mention without a date stays undated.
    """

    id: str
    source: str
    kind: Kind
    url: str
    outlet: str
    outlet_name: str
    title: str
    text: str = ""
    text_origin: TextOrigin = TextOrigin.NONE
    author: str | None = None
    published_at: UtcDatetime | None = None
    published_from: DateOrigin | None = None
    fetched_at: UtcDatetime
    language: str | None = None
    engagement: Engagement | None = None


class SourceState(StrEnum):
    """How the asking of one source ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    FAILED = "failed"
    SKIPPED = "skipped"


class SourceReport(Model):
    """How one source answered; `reason` is a readable clause when it did not (fully) answer."""

    source: str
    label: str
    state: SourceState
    mentions: int = 0
    took_ms: int = 0
    reason: str | None = None


class Collection(Model):
    """Everything that arrived about a prospect in one research, newest first, and what did not arrive.

    `as_of` is the clock of the research: nothing in `mentions` is dated after it.
    """

    lead_id: str
    research_id: str
    prospect: Prospect
    as_of: UtcDatetime
    window_days: int
    mentions: tuple[Mention, ...] = ()
    reports: tuple[SourceReport, ...] = ()
