"""After a look was ranked: what is new and high is told once, and becomes what the manager's rules say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from listen.alerting import alerts_of
from listen.interest import Interest, interest_in
from listen.making import Making
from listen.news import News, news
from listen.standing_in import hand_over, stand_ins
from precall.alerts import HandOver
from precall.briefed import Briefed, Briefing
from precall.clock import Clock
from precall.deals import Deals
from precall.documents import Documents, load, research_key
from precall.errors import DocumentNotFound, StorageUnavailable
from precall.events import StoryHeard
from precall.facts import Facts
from precall.model import Brief, Collection, Ranking, ResearchTask, Story
from precall.told import Told, ToldStories
from precall.watches import Watch, Watches

if TYPE_CHECKING:
    from precall.config import Config

TRIES = 4


@dataclass(frozen=True)
class Hearing:
    """Compares a look with what was told. Errors: LeadNotFound (the account was forgotten), DocumentNotFound,
    StorageUnavailable, BusUnavailable; doing it again tells nothing twice."""

    facts: Facts
    deals: Deals
    watches: Watches
    told: ToldStories
    alerts: HandOver
    briefed: Briefed
    documents: Documents
    making: Making
    config: Callable[[], Config]
    clock: Clock

    def hear(self, task: ResearchTask) -> int:
        """How many new stories there were. Rules and events come before the memory: if anything fails in between, the
        next try finds the same stories new, and what was done already is not done twice."""
        watch = self.watches.get(self.facts.lead(task.lead_id).known().key)
        collection, ranking = self._found(task)
        interest = interest_in(watch, self.facts, self.deals, self.config(), self.clock()) if watch else None
        if watch is None or interest is None:
            return 0  # it has left the list since
        hand_over(watch, interest, stand_ins(interest, self.config()), self.alerts)
        for _ in range(TRIES):
            version, before = self.told.read(watch.key)
            found = self._news(watch, before, collection, ranking)
            heard = [self._heard(story, watch, interest, task) for story in found.stories]
            self.making.bus.publish(*heard)
            if self._kept(watch, interest, found, version, collection, heard):
                return len(heard)
        raise StorageUnavailable(f"what was told of an account was changed by others {TRIES} times in a row")

    def _found(self, task: ResearchTask) -> tuple[Collection, Ranking]:
        keys = [research_key(task.lead_id, task.research_id, name) for name in ("collection.json", "ranking.json")]
        return load(self.documents, keys[0], Collection), load(self.documents, keys[1], Ranking)

    def _news(self, watch: Watch, before: Told, collection: Collection, ranking: Ranking) -> News:
        last, brief = self._last_brief(watch, ranking.as_of)
        if before.last_look is None and last:
            before = Told(last_look=last.as_of)
        mentions = {mention.id: mention for mention in collection.mentions}
        told = frozenset(one for story in brief.stories for one in story.mention_ids) if brief else frozenset[str]()
        return news(ranking, mentions, before, told, self.config().listening)

    def _last_brief(self, watch: Watch, now: datetime) -> tuple[Briefing | None, Brief | None]:
        last = self.briefed.before(watch.key, Briefing("", "", now))
        if last is None:
            return None, None
        try:
            return last, load(self.documents, research_key(last.lead_id, last.research_id, "brief.json"), Brief)
        except DocumentNotFound:
            return None, None  # its lead was erased

    def _heard(self, story: Story, watch: Watch, interest: Interest, task: ResearchTask) -> StoryHeard:
        now, rule, instead = self.clock(), self.config().listening.rule_for(story), stand_ins(interest, self.config())
        do = rule.do if rule else "alert"
        leads = self.making.make(story, rule, watch, interest, now) if rule and do != "alert" else ()
        return StoryHeard(
            lead_id=task.lead_id,
            correlation_id=task.correlation_id,
            at=now,
            research_id=task.research_id,
            story=story.mention_ids[0],
            score=story.score,
            signal=next((signal.kind for signal in story.signals), None),
            to=interest.rep.email if interest.rep else None,
            managers=instead.addresses,
            instead=instead.reason,
            did=do,
            leads=leads,
        )

    def _kept(
        self,
        watch: Watch,
        interest: Interest,
        found: News,
        version: int,
        collection: Collection,
        heard: list[StoryHeard],
    ) -> bool:
        pairs = zip(found.stories, heard, strict=True)
        alerts = [alert for story, event in pairs for alert in alerts_of(story, event, watch, interest, collection)]
        return self.told.keep(watch.key, found.told, version, alerts, self.config().retention.documents)
