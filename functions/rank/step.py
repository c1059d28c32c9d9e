"""The step: read what was collected, rank it, store the ranking, tell the others."""

from __future__ import annotations

from dataclasses import dataclass

from precall.bus import Bus
from precall.clock import Clock
from precall.config_store import ConfigStore
from precall.documents import Documents, load, research_key
from precall.events import StoriesRanked
from precall.model import Collection, Ranking, ResearchTask
from rank.logic import rank
from rank.mood import JudgeMood


@dataclass(frozen=True)
class RankStep:
    """Ranks one research, with the mood where `judge_mood` is given and works.

    Errors: DocumentNotFound, InvalidConfiguration, StorageUnavailable, BusUnavailable.
    """

    documents: Documents
    bus: Bus
    config: ConfigStore
    clock: Clock
    judge_mood: JudgeMood | None = None

    def __call__(self, task: ResearchTask) -> Ranking:
        """The ranking, as stored; doing it twice stores and tells the same."""
        key = research_key(task.lead_id, task.research_id, "collection.json")
        ranking = rank(load(self.documents, key, Collection), self.config.current().ranking, self.judge_mood)
        self.documents.put(research_key(task.lead_id, task.research_id, "ranking.json"), ranking.model_dump_json())
        self.bus.publish(
            StoriesRanked(
                lead_id=task.lead_id,
                research_id=task.research_id,
                correlation_id=task.correlation_id,
                at=self.clock(),
                stories=len(ranking.stories),
                set_aside=ranking.set_aside,
            )
        )
        return ranking
