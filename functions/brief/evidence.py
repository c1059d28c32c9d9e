"""All that a brief may say something about: the lead, what was collected, how it was ranked, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from precall.identity import Identity, identity_of
from precall.model import (
    Assignment,
    Collection,
    Lead,
    Mention,
    Prospect,
    Ranking,
    SourceReport,
    SourceState,
    StepFailure,
    Story,
)

SHOWN = 5
"""The most stories that a brief tells."""


@dataclass(frozen=True)
class Evidence:
    """The documents of one research, and the look-ups that composing and checking need."""

    lead: Lead
    assignment: Assignment | None
    collection: Collection | None
    ranking: Ranking | None
    failures: tuple[StepFailure, ...]
    now: datetime

    @cached_property
    def prospect(self) -> Prospect:
        """As it was researched; LookupError when nobody knows whom the lead is about."""
        return self.collection.prospect if self.collection else self.lead.known()

    @cached_property
    def identity(self) -> Identity:
        """The names under which the prospect was looked for."""
        return identity_of(self.prospect)

    @property
    def as_of(self) -> datetime:
        """The clock of the research."""
        return self.collection.as_of if self.collection else self.now

    @property
    def zone(self) -> str:
        """The rep's time zone."""
        return self.assignment.rep.time_zone if self.assignment else "UTC"

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
        """What a brief may tell, best first: story ids and their mentions' ids; unranked, each new mention alone."""
        if self.ranking:
            stories = self.ranking.stories
            return {story.id: story.mention_ids for story in stories if self.mentions.keys() >= set(story.mention_ids)}
        named = [mention for mention in self.mentions.values() if mention.title.strip() and self._is_named(mention)]
        named.sort(key=lambda mention: (mention.published_at is None, _ago(mention, self.as_of), mention.id))
        return {mention.id: (mention.id,) for mention in named}

    @cached_property
    def stories(self) -> dict[str, Story]:
        """The ranked stories, by id."""
        return {story.id: story for story in (self.ranking.stories if self.ranking else ())}

    @cached_property
    def told_mentions(self) -> tuple[Mention, ...]:
        """All mentions of all that may be told."""
        return tuple(self.mentions[i] for ids in self.told.values() for i in ids if i in self.mentions)

    def reports(self, *states: SourceState) -> tuple[SourceReport, ...]:
        """The sources that ended in one of `states`."""
        return tuple(
            report for report in (self.collection.reports if self.collection else ()) if report.state in states
        )

    @property
    def nobody_answered(self) -> bool:
        """Sources were asked, and not one gave an answer."""
        answers = self.reports(SourceState.ANSWERED, SourceState.PARTIAL)
        return self.collection is not None and not answers and not self.mentions

    def _is_named(self, mention: Mention) -> bool:
        return self.identity.names_account(f"{mention.title}\n{mention.text}")


def _ago(mention: Mention, now: datetime) -> float:
    return (now - mention.published_at).total_seconds() if mention.published_at else 0.0
