"""Mentions: what was collected about a prospect, and how the asking went."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from precall.clock import UtcDatetime
from precall.model._base import Model
from precall.model.account import AccountFact, AccountProfile
from precall.model.kind import Kind
from precall.model.lead import Prospect
from precall.model.source import AskedFor, SourceReport


class TextOrigin(StrEnum):
    """What `Mention.text` is, so that a title is never passed off as body text."""

    NONE = "none"
    SNIPPET = "snippet"
    ARTICLE = "article"
    POST = "post"


class DateOrigin(StrEnum):
    """Where the date of publication was read: the source's own feed or answer, the page's metadata, or estimated from
    the page's text and address."""

    FEED = "feed"
    API = "api"
    PAGE = "page"
    ESTIMATE = "estimate"


class Precision(StrEnum):
    """How exactly a date was given; a day is kept as its midnight in UTC."""

    SECOND = "second"
    DAY = "day"
    MONTH = "month"


class Engagement(Model):
    """Reactions, in the source's own scale."""

    points: int = Field(default=0, ge=0)
    comments: int = Field(default=0, ge=0)


class Mention(Model):
    """One collected item about the prospect, or, where it was `asked_for` its market, about that.

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
    published_precision: Precision = Precision.SECOND
    fetched_at: UtcDatetime
    language: str | None = None
    engagement: Engagement | None = None
    asked_for: AskedFor = "prospect"


class Market(Model):
    """Who competes with an account, by name, and phrases that tell of its market as a whole ("cold chain")."""

    competitors: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is anything to ask for."""
        return bool(self.competitors or self.terms)


class Collection(Model):
    """Everything that arrived about a prospect in one research, newest first, and what did not arrive.

    `as_of` is the clock of the research: nothing in `mentions` is dated after it. `profile` is what was known of the
    account at the end, `facts` what sources say of it, `market` what was asked for beside the prospect.
    """

    lead_id: str
    research_id: str
    prospect: Prospect
    profile: AccountProfile = Field(default_factory=AccountProfile)
    facts: tuple[AccountFact, ...] = ()
    as_of: UtcDatetime
    window_days: int
    market: Market = Field(default_factory=Market)
    mentions: tuple[Mention, ...] = ()
    reports: tuple[SourceReport, ...] = ()
