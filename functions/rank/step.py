"""The step: read what was collected, rank it for the call, store the ranking, keep what was said, tell the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from precall.baselines import Baselines
from precall.bus import Bus
from precall.clock import Clock
from precall.config_store import ConfigStore
from precall.documents import Documents, load, research_key
from precall.events import StoriesRanked
from precall.facts import Facts
from precall.feedback import Feedback
from precall.model import Collection, Ranking, ResearchTask
from rank.burst import History
from rank.call import call_of
from rank.logic import Situation, rank
from rank.meaning import Embed
from rank.mood import JudgeMood

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class RankStep:
    """Ranks one research, with the mood where `judge_mood`, and with meanings where `embed` is given and works.

    Errors: LeadNotFound, DocumentNotFound, InvalidConfiguration, StorageUnavailable, BusUnavailable.
    """

    facts: Facts
    baselines: Baselines
    feedback: Feedback
    documents: Documents
    bus: Bus
    config: ConfigStore
    clock: Clock
    judge_mood: JudgeMood | None = None
    embed: Embed | None = None

    def __call__(self, task: ResearchTask) -> Ranking:
        """The ranking, as stored; doing it twice stores and tells the same."""
        config = self.config.current()
        collection = load(self.documents, research_key(task.lead_id, task.research_id, "collection.json"), Collection)
        key = collection.prospect.key
        ranking = rank(collection, config.ranking, self.judge_mood, self._situation(task, key, config), self.embed)
        self.documents.put(research_key(task.lead_id, task.research_id, "ranking.json"), ranking.model_dump_json())
        self._keep(ranking, key, config.retention.documents)
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

    def _situation(self, task: ResearchTask, key: str, config: Config) -> Situation:
        """The call, what is usual about the account, and what the rep marked."""
        lead = self.facts.lead(task.lead_id)
        assignment = self.facts.assignment(task.lead_id)
        return Situation(
            call=call_of(lead, config.seller, config.ranking),
            history=History(self.baselines.days(key, task.research_id)),
            marks=self.feedback.marks(assignment.rep.email if assignment else None),
            denials=self.feedback.denials(key),
        )

    def _keep(self, ranking: Ranking, key: str, keep_days: int) -> None:
        """The days that are over become history; of today more is to come."""
        today = ranking.as_of.date()
        over = {day.day: day.mentions for day in ranking.chatter.days if day.day < today}
        self.baselines.keep(key, ranking.research_id, over, ranking.as_of, keep_days)
