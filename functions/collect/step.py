"""The collect step of a research: lead and settings in, `collection.json` and an event out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from collect.batch import Source
from collect.claims import Claims
from collect.question import Question
from collect.run import Findings, collect
from collect.sharing import Sharing
from precall.accounts import Accounts
from precall.budget import Budget, MemoryBudget
from precall.bus import Bus
from precall.clock import Clock
from precall.config_store import ConfigStore
from precall.documents import Documents, research_key
from precall.errors import BudgetSpent, StorageUnavailable
from precall.events import MentionsCollected
from precall.facts import Facts
from precall.fetch import open_door
from precall.fetch.manners import Manners
from precall.flights import Flights, MemoryFlights
from precall.model import AccountProfile, Collection, Lead, ResearchTask, SourceState
from precall.model.call import Answered

if TYPE_CHECKING:
    from precall.config import Config

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Collector:
    """The step with its ports. `stage` and `replay_origin` as in `precall.settings.FetchSettings`; `manners`,
    `flights` and `budget` are shared by all researches."""

    facts: Facts
    claims: Claims
    accounts: Accounts
    documents: Documents
    bus: Bus
    config: ConfigStore
    sources: Sequence[Source]
    clock: Clock
    stage: str
    replay_origin: str | None = None
    manners: Manners = field(default_factory=Manners)
    flights: Flights = field(default_factory=MemoryFlights)
    budget: Budget = field(default_factory=MemoryBudget)

    def collect(self, task: ResearchTask) -> Collection:
        """Ask all sources about the task's lead, store what came, tell the bus, and give it back.

        What was found out about the account is kept for the next lead; research goes on without what is kept.
        Raises BudgetSpent, ResearchRepeated, LeadNotFound, InvalidConfiguration, StorageUnavailable, BusUnavailable;
        never for a source.
        """
        self.claims.take(task)
        lead, config = self.facts.lead(task.lead_id), self.config.current()
        limit = config.budget.researches_a_day
        if not self.budget.take(self.clock(), limit):
            raise BudgetSpent(f"the day's {limit} researches are begun; raise budget.researches_a_day in precall.yaml")
        question = self._question(lead, config)
        found, took = asyncio.run(self._asked(question, config))
        collection = found.collection(question, task.lead_id, task.research_id)
        key = research_key(task.lead_id, task.research_id, "collection.json")
        self.documents.put(key, collection.model_dump_json())
        if found.profile != question.profile:
            self._remember(question, found.profile, config.retention.documents)
        self.bus.publish(self._happened(task, collection, took))
        return collection

    def _question(self, lead: Lead, config: Config) -> Question:
        now, prospect = self.clock(), lead.known()
        return Question(
            prospect=prospect,
            as_of=(lead.as_of if self.stage == "development" else None) or now,
            window_days=config.ranking.window_days,
            asked_at=now,
            profile=self._remembered(prospect.key),
            tuning=config.sources,
            markets=config.markets,
        )

    async def _asked(self, question: Question, config: Config) -> tuple[Findings, float]:
        manners = replace(self.manners, account=question.prospect.key)
        async with open_door(self.stage, self.replay_origin, config.sender, manners) as door:

            async def asked() -> Findings:
                found = await collect(question, self.sources, door, config.collecting)
                await door.put_away()  # who waits for this flight finds a warm cache
                return found

            began = time.monotonic()
            sharing = Sharing(self.documents, self.flights, self.clock)
            found = await sharing.findings(question, config.collecting.deadline, asked)
            return found, time.monotonic() - began

    def _remembered(self, key: str) -> AccountProfile:
        try:
            return self.accounts.profile(key) or AccountProfile()
        except StorageUnavailable as error:
            logger.warning("what is known of the account could not be read", extra={"error": str(error)})
            return AccountProfile()

    def _remember(self, question: Question, profile: AccountProfile, keep_days: int) -> None:
        try:
            self.accounts.keep(question.prospect.key, profile, keep_days)
        except StorageUnavailable as error:
            logger.warning("what was found out about the account was not kept", extra={"error": str(error)})

    def _happened(self, task: ResearchTask, collection: Collection, took: float) -> MentionsCollected:
        asked = [report for report in collection.reports if report.state != SourceState.SKIPPED]
        failed = tuple(report.source for report in asked if report.state == SourceState.FAILED)
        return MentionsCollected(
            lead_id=task.lead_id,
            correlation_id=task.correlation_id,
            at=self.clock(),
            research_id=task.research_id,
            mentions=len(collection.mentions),
            asked=len(asked),
            answered=len(asked) - len(failed),
            failed=failed,
            took_ms=round(took * 1000),
            reports=tuple(
                Answered(
                    source=report.source,
                    state="failed" if report.state == SourceState.FAILED else "answered",
                    took_ms=report.took_ms,
                    mentions=report.mentions,
                )
                for report in asked
            ),
        )
