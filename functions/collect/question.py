"""What is asked: about whom, as of when, how far back, how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from collect.phrases import Phrase, company_phrases, contact_phrase
from precall.config import Sources
from precall.market import market_of
from precall.model import AccountProfile, Market, Prospect


@dataclass(frozen=True)
class Question:
    """One research. `as_of` is its clock, which may be in the past; `asked_at` is when the asking really happens.

    Both are aware, in UTC. `limit` is the most mentions that one source gives. `profile` is what is known of the
    account: at first from earlier leads; for sources that wait, what this research resolved. `tuning` has the
    sources' settings, `markets` those of markets by industry.
    """

    prospect: Prospect
    as_of: datetime
    window_days: int
    asked_at: datetime
    limit: int = field(default=100)
    profile: AccountProfile = field(default_factory=AccountProfile)
    tuning: Sources = field(default_factory=Sources)
    markets: Mapping[str, Market] = field(default_factory=dict)

    @property
    def since(self) -> datetime:
        """The beginning of the window."""
        return self.as_of - timedelta(days=self.window_days)

    def includes(self, published_at: datetime | None) -> bool:
        """Whether something published then may be told: inside the window, or without a date."""
        return published_at is None or self.since <= published_at <= self.as_of

    @property
    def domain(self) -> str | None:
        """The account's domain: the lead's, else the one that was found out."""
        return self.prospect.account.domain or self.profile.domain

    @cached_property
    def company(self) -> tuple[Phrase, ...]:
        """The phrases that name the company."""
        return company_phrases(self.prospect, self.profile)

    @cached_property
    def market(self) -> Market:
        """Who competes with the company, and what tells of its market; empty where nobody says."""
        known = self.prospect.has_company
        return market_of(self.markets, self.prospect.account, self.profile) if known else Market()

    @cached_property
    def contact(self) -> Phrase | None:
        """The phrase that names the contact."""
        return contact_phrase(self.prospect, self.profile)
