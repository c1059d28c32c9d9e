"""The collecting itself, without AWS: every source at once, what arrives in time is kept.

In two phases, so that nobody waits who need not: most sources are asked at once; those that need to know who the
account is (its handles, its job board, its number at the SEC) as soon as those that tell have told, or after a short
limit, or at once when a fresh profile is there from an earlier lead.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from collect.asking import Bell, Hearing, ask
from collect.batch import Source, resolves
from collect.merge import merged, supported
from collect.question import Question
from collect.reading import read
from precall.config import Collecting
from precall.fetch import Door
from precall.model import AccountFact, AccountProfile, Collection, Mention, SourceReport, SourceState


@dataclass(frozen=True)
class Findings:
    """The mentions, each page once and newest first; a report for each source, in their order, and one for the articles
    that were read after them, if any were to be; what is known of the account; and the facts, each of which stands in
    one of the mentions."""

    mentions: tuple[Mention, ...]
    reports: tuple[SourceReport, ...]
    profile: AccountProfile
    facts: tuple[AccountFact, ...]

    def collection(self, question: Question, lead_id: str, research_id: str) -> Collection:
        """The document of one research."""
        return Collection(
            lead_id=lead_id,
            research_id=research_id,
            prospect=question.prospect,
            profile=self.profile,
            facts=self.facts,
            market=replace(question, profile=self.profile).market,
            as_of=question.as_of,
            window_days=question.window_days,
            mentions=self.mentions,
            reports=self.reports,
        )


async def collect(
    question: Question, sources: Sequence[Source], door: Door, pace: Collecting | None = None
) -> Findings:
    """What `sources` say, each with its switch in `question.tuning`.

    Takes as long as the slowest source, at most its deadline, and then at most `pace.reading` to read articles; both
    together at most `pace.deadline`. Without a `pace`, sources are asked and nothing is read. No source's failure is
    raised.
    """
    return await _Research(question, sources, door, pace or Collecting(reading=0)).run()


class _Research:
    def __init__(self, question: Question, sources: Sequence[Source], door: Door, pace: Collecting) -> None:
        self._question, self._sources, self._door, self._pace = question, sources, door, pace
        self._bell = Bell()
        self._heard = {source.name: Hearing(bell=self._bell) for source in sources}
        self._tellers = [source for source in sources if resolves(source) and self._is_on(source)]
        self._ready = [source for source in self._tellers if not (source.waits or source.lacks(question))]
        self._began = time.monotonic()

    async def run(self) -> Findings:
        answers = await asyncio.gather(*(self._ask(source) for source in self._sources))
        mentions = merged(mention for found, _ in answers for mention in found)
        facts = supported((fact for heard in self._heard.values() for fact in heard.facts), mentions)
        seconds = min(self._pace.reading, self._left())
        cited = (fact.mention_id for fact in facts)
        mentions, articles = await read(mentions, self._now_known(), self._door, seconds, cited)
        reports = [report for _, report in answers] + ([self._timed(articles)] if articles else [])
        return Findings(mentions, tuple(reports), self._final_profile(), facts)

    async def _ask(self, source: Source) -> tuple[tuple[Mention, ...], SourceReport]:
        if self._is_on(source):
            await self._when_to_ask(source)
        switch = getattr(self._question.tuning, source.name)
        in_time = switch.model_copy(update={"deadline": min(switch.deadline, self._left())})
        found, report = await ask(source, self._now_known(), self._door, in_time, self._heard[source.name])
        if report.state is SourceState.SKIPPED:
            return found, report
        return found, self._timed(report)

    def _timed(self, report: SourceReport) -> SourceReport:
        return report.model_copy(update={"took_ms": round((time.monotonic() - self._began) * 1000)})

    async def _when_to_ask(self, source: Source) -> None:
        """At once; for one that waits, when those who tell have told; for one that lacks something, when it is told."""
        if source.waits and not self._is_fresh():
            await self._until(lambda: not any(map(self._is_silent, self._ready)), self._pace.identity)
        others = self._ready if source in self._tellers else self._tellers
        await self._until(lambda: self._can_ask(source) or self._have_ended(others), self._left())

    async def _until(self, true: Callable[[], bool], seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not true():
                    await self._bell.wait()

    def _is_silent(self, source: Source) -> bool:
        heard = self._heard[source.name]
        return heard.profile is None and not heard.ended

    def _have_ended(self, sources: Sequence[Source]) -> bool:
        return all(self._heard[source.name].ended for source in sources)

    def _can_ask(self, source: Source) -> bool:
        return source.lacks(self._now_known()) is None

    def _is_on(self, source: Source) -> bool:
        return bool(getattr(self._question.tuning, source.name).on)

    def _is_fresh(self) -> bool:
        checked = self._question.profile.checked_at
        return checked is not None and self._question.asked_at - checked < timedelta(days=self._pace.refresh_days)

    def _left(self) -> float:
        return max(0.0, self._began + self._pace.deadline - time.monotonic())

    def _now_known(self) -> Question:
        """The question with what was told so far, completed by what was known before."""
        return replace(self._question, profile=self._told().merged(self._question.profile))

    def _told(self) -> AccountProfile:
        """What was told, joined in the order of the sources, not of their answers."""
        told = AccountProfile()
        for heard in self._heard.values():
            told = told.merged(heard.profile) if heard.profile else told
        return told

    def _final_profile(self) -> AccountProfile:
        """As told; what was known before stays only where somebody who tells could not be heard."""
        before, told = self._question.profile, self._told()
        if told == AccountProfile():
            return before
        missing = any(self._heard[source.name].profile is None for source in self._tellers)
        known = told.merged(before) if missing else told
        return known.model_copy(update={"checked_at": self._question.asked_at})
