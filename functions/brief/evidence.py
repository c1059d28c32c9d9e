"""All that a brief may say something about: the lead, what was collected, how it was ranked, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from brief.breaking import is_breaking
from precall.identity import Identity, identity_of
from precall.locales import Reader
from precall.model import (
    AccountFact,
    Assignment,
    Brief,
    Chatter,
    Collection,
    Kind,
    Lead,
    Mention,
    Prospect,
    Ranking,
    SourceReport,
    SourceState,
    StepFailure,
    Story,
)

if TYPE_CHECKING:
    from precall.config import ChecklistItem, Seller

Slots = dict[str, str]
"""The facts that fill a template."""
SHOWN, OF_MARKET = 5, 2
"""The most stories that a brief tells of the prospect, and of its market."""


@dataclass(frozen=True)
class Evidence:
    """The documents of one research, and the look-ups that composing and checking need.

    `previous` is the account's last brief before this one, `checklist` what the seller's quotes need, `may_shorten`
    whether headlines in the bottom line may be shortened (`brief.shortening`).
    """

    lead: Lead
    assignment: Assignment | None
    collection: Collection | None
    ranking: Ranking | None
    failures: tuple[StepFailure, ...]
    now: datetime
    seller: Seller | None = None
    checklist: tuple[ChecklistItem, ...] = ()
    previous: Brief | None = None
    may_shorten: bool = False

    @cached_property
    def prospect(self) -> Prospect:
        """As it was researched; LookupError when nobody knows whom the lead is about."""
        return self.collection.prospect if self.collection else self.lead.known()

    @cached_property
    def identity(self) -> Identity:
        """The names under which the prospect was looked for, those that were found out among them."""
        return identity_of(self.prospect, self.collection.profile if self.collection else None)

    @property
    def as_of(self) -> datetime:
        """The clock of the research."""
        return self.collection.as_of if self.collection else self.now

    @cached_property
    def reader(self) -> Reader:
        """The rep's time zone and locale."""
        rep = self.assignment.rep if self.assignment else None
        return Reader(rep.time_zone, rep.locale) if rep else Reader("UTC")

    def counted(self, number: int, one: str, many: str | None = None) -> str:
        """ "1 outlet", "7 outlets", "1,234 mentions"."""
        return f"{self.reader.locale.number(number)} {one if number == 1 else many or one + 's'}"

    @property
    def call_at(self) -> datetime | None:
        """When the call is."""
        return self.assignment.call_at if self.assignment else self.lead.call_at

    @cached_property
    def mentions(self) -> dict[str, Mention]:
        """The collected mentions, by id."""
        return {mention.id: mention for mention in (self.collection.mentions if self.collection else ())}

    @cached_property
    def told(self) -> dict[str, tuple[str, ...]]:
        """What a brief may tell: story ids and their mentions' ids; what breaks first, then best first.

        Unranked: each new mention alone.
        """
        if self.ranking:
            stories = sorted(self.ranking.stories, key=lambda story: not is_breaking(story, self.as_of))
            return {story.id: story.mention_ids for story in stories if self.mentions.keys() >= set(story.mention_ids)}
        named = [mention for mention in self.mentions.values() if mention.title.strip() and self._is_named(mention)]
        named.sort(key=lambda mention: (mention.published_at is None, _ago(mention, self.as_of), mention.id))
        return {mention.id: (mention.id,) for mention in named}

    @cached_property
    def stories(self) -> dict[str, Story]:
        """The ranked stories, by id."""
        return {story.id: story for story in (self.ranking.stories if self.ranking else ())}

    @cached_property
    def market(self) -> tuple[Mention, ...]:
        """The best mention of each story of their market that a brief tells: dated, no sensitive topic, best first."""
        told = (story for story in (self.ranking.market if self.ranking else ()) if not story.sensitive)
        best = (self.mentions[story.mention_ids[0]] for story in told if story.mention_ids[0] in self.mentions)
        return tuple(mention for mention in best if mention.published_at)[:OF_MARKET]

    @cached_property
    def about_them(self) -> tuple[Mention, ...]:
        """What came back on questions about the prospect."""
        return tuple(mention for mention in self.mentions.values() if mention.asked_for == "prospect")

    @cached_property
    def told_mentions(self) -> tuple[Mention, ...]:
        """All mentions of all that may be told."""
        return tuple(self.mentions[i] for ids in self.told.values() for i in ids if i in self.mentions)

    @property
    def shown(self) -> tuple[str, ...]:
        """The stories that the brief tells; job ads are told as a signal and a fact, and as stories when nothing else
        is there."""
        news = [story_id for story_id in self.told if not self._is_job(story_id)]
        return tuple((news or list(self.told))[:SHOWN])

    @property
    def chatter(self) -> Chatter:
        """All that is said about the prospect, day by day."""
        return self.ranking.chatter if self.ranking else Chatter()

    @property
    def account_facts(self) -> tuple[AccountFact, ...]:
        """What sources say of the account."""
        return self.collection.facts if self.collection else ()

    @property
    def has_company(self) -> bool:
        """Whether the lead names a company, by its name or its domain."""
        return self.prospect.has_company

    @cached_property
    def about_contact(self) -> tuple[Mention, ...]:
        """What may be told and names the contact together with the company, best first."""
        return tuple(
            mention for mention in self.told_mentions if self.identity.names_contact(f"{mention.title}\n{mention.text}")
        )

    def is_new(self, story_id: str) -> bool:
        """Whether none of a story's mentions was in the account's last brief."""
        before = {i for story in (self.previous.stories if self.previous else ()) for i in story.mention_ids}
        return self.previous is not None and not before & set(self.told[story_id])

    def reports(self, *states: SourceState) -> tuple[SourceReport, ...]:
        """The sources asked about the prospect that ended in one of `states`."""
        reports = self.collection.reports if self.collection else ()
        return tuple(report for report in reports if report.state in states and report.asked_for == "prospect")

    @property
    def nobody_answered(self) -> bool:
        """Sources were asked, and not one gave an answer."""
        answers = self.reports(SourceState.ANSWERED, SourceState.PARTIAL)
        return self.collection is not None and not answers and not self.about_them and not self.nobody_asked

    @property
    def nobody_asked(self) -> bool:
        """No source may be asked for a person of whom there is only a name."""
        reports = self.collection.reports if self.collection else ()
        return not self.has_company and bool(reports) and all(r.state is SourceState.SKIPPED for r in reports)

    def _is_job(self, story_id: str) -> bool:
        return story_id in self.stories and self.stories[story_id].kinds == (Kind.JOB,)

    def _is_named(self, mention: Mention) -> bool:
        return self.identity.names_prospect(f"{mention.title}\n{mention.text}")


def _ago(mention: Mention, now: datetime) -> float:
    return (now - mention.published_at).total_seconds() if mention.published_at else 0.0
