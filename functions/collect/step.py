"""The collect step of a research: lead and settings in, `collection.json` and an event out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from collect.batch import Source
from collect.question import Question
from collect.run import collect
from precall.bus import Bus
from precall.clock import Clock
from precall.config_store import ConfigStore
from precall.documents import Documents, research_key
from precall.events import MentionsCollected
from precall.facts import Facts
from precall.fetch import open_door
from precall.model import Collection, Lead, ResearchTask, SourceState


@dataclass(frozen=True)
class Collector:
    """The step with its ports. `stage` and `replay_origin` as in `precall.settings.FetchSettings`."""

    facts: Facts
    documents: Documents
    bus: Bus
    config: ConfigStore
    sources: Sequence[Source]
    clock: Clock
    stage: str
    replay_origin: str | None = None

    def collect(self, task: ResearchTask) -> Collection:
        """Ask all sources about the task's lead, store what came, tell the bus, and give it back.

        Raises LeadNotFound, InvalidConfiguration, StorageUnavailable, BusUnavailable; never for a source.
        """
        collection, took = asyncio.run(self._research(task, self.facts.lead(task.lead_id)))
        key = research_key(task.lead_id, task.research_id, "collection.json")
        self.documents.put(key, collection.model_dump_json())
        self.bus.publish(self._happened(task, collection, took))
        return collection

    async def _research(self, task: ResearchTask, lead: Lead) -> tuple[Collection, float]:
        config = self.config.current()
        now = self.clock()
        question = Question(
            prospect=lead.known(),
            as_of=(lead.as_of if self.stage == "development" else None) or now,
            window_days=config.ranking.window_days,
            asked_at=now,
            tuning=config.sources,
        )
        async with open_door(self.stage, self.replay_origin, config.sender) as door:
            began = time.monotonic()
            found = await collect(question, self.sources, door, config.collecting)
            took = time.monotonic() - began
        collection = Collection(
            lead_id=task.lead_id,
            research_id=task.research_id,
            prospect=question.prospect,
            profile=found.profile,
            facts=found.facts,
            as_of=question.as_of,
            window_days=question.window_days,
            mentions=found.mentions,
            reports=found.reports,
        )
        return collection, took

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
        )
