"""An account that is listened to, on fakes: made-up people at made-up companies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from listen.digests import Digests
from listen.hearing import Hearing
from listen.looking import Looking
from listen.making import Making
from listen.watching import Watching
from precall.config import Config
from precall.documents import research_key
from precall.ids import mention_id
from precall.listening_settings import Listening
from precall.model import (
    Account,
    Assignee,
    Assignment,
    Collection,
    Contact,
    Kind,
    Lead,
    Mention,
    Prospect,
    Proximity,
    Ranking,
    ResearchTask,
    ScorePart,
    Signal,
    SignalKind,
    Story,
)
from precall.watches import Watch, subject_id, subject_of
from tests.fake_listening import FakeAlerts, FakeDeals, FakePost, FakeTold, FakeWatches
from tests.fakes import FakeBriefed, FakeBus, FakeDocuments, FakeFacts, FakeStandings
from tests.unit.deliver.world import CONFIG

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ACCOUNT = Account(name="Nordlicht Foods", domain="nordlicht.example")
REP = CONFIG.reps[1]
ON: Config = CONFIG.model_copy(update={"listening": Listening(on=True)})


def lead(lead_id: str = "lead-1", **changes: Any) -> Lead:
    prospect = Prospect(account=ACCOUNT, contact=Contact(name="Ada Berg"))
    known = Lead(id=lead_id, crm="generic", acquired_at=NOW, correlation_id="c-1", prospect=prospect)
    return known.model_copy(update=changes)


def assignment(lead_id: str = "lead-1", call_at: datetime = NOW + timedelta(days=5), **changes: Any) -> Assignment:
    given = Assignment(
        lead_id=lead_id,
        research_id=f"r-{lead_id}",
        rep=Assignee(name=REP.name, email=REP.email, time_zone=REP.time_zone),
        reason="owner in the CRM",
        call_at=call_at,
        call_from="lead",
        assigned_at=NOW,
    )
    return given.model_copy(update=changes)


def mention(slug: str, title: str = "", at: datetime | None = NOW, text: str = "", **changes: Any) -> Mention:
    url = f"https://outlet.example/{slug}"
    known = Mention(
        id=mention_id(url),
        source="google_news",
        kind=Kind.NEWS,
        url=url,
        outlet="outlet.example",
        outlet_name="The Outlet",
        title=title or f"Nordlicht Foods opens warehouse {slug} in Linz",
        text=text,
        published_at=at,
        fetched_at=NOW,
    )
    return known.model_copy(update=changes)


def story(
    *mentions: Mention, score: float = 0.8, kind: SignalKind | None = SignalKind.FUNDING, **changes: Any
) -> Story:
    best = mentions[0]
    signals = (Signal(kind=kind, mention_id=best.id, field="text", sentence=best.text, confidence=0.9),) if kind else ()
    dates = [one.published_at for one in mentions if one.published_at]
    known = Story(
        id=f"s-{best.id}",
        headline=best.title,
        mention_ids=tuple(one.id for one in mentions),
        first_seen=min(dates, default=None),
        last_seen=max(dates, default=None),
        outlets=("outlet.example",),
        kinds=(Kind.NEWS,),
        signals=signals,
        proximity=Proximity.ACCOUNT,
        parts=(
            ScorePart(name="recency", value=0.9, weight=0.3, because="2 h old"),
            ScorePart(name="signal", value=0.9, weight=0.5, because="funding"),
            ScorePart(name="volume", value=0.5, weight=0.1, because="3 outlets"),
            ScorePart(name="burst", value=0.0, weight=0.1, because="no burst"),
        ),
        score=score,
    )
    return known.model_copy(update=changes)


def ranking(*stories: Story, at: datetime = NOW) -> Ranking:
    best_first = sorted(stories, key=lambda one: -one.score)
    return Ranking(lead_id=subject_id(ACCOUNT.key), research_id="look-1", as_of=at, stories=tuple(best_first))


@dataclass
class World:
    """The step on fakes, at the moment `now`; Nordlicht is listened to for a call in five days."""

    now: datetime = NOW
    config: Config = ON
    facts: FakeFacts = field(default_factory=FakeFacts)
    deals: FakeDeals = field(default_factory=FakeDeals)
    watches: FakeWatches = field(default_factory=FakeWatches)
    alerts: FakeAlerts = field(default_factory=FakeAlerts)
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    briefed: FakeBriefed = field(default_factory=FakeBriefed)
    bus: FakeBus = field(default_factory=FakeBus)
    post: FakePost = field(default_factory=FakePost)

    def __post_init__(self) -> None:
        self.told = FakeTold(self.alerts)
        self.standings = FakeStandings(self.facts)
        self.facts.leads["lead-1"] = lead()
        self.facts.assignments["lead-1"] = assignment()
        self.watches.add(Watch(ACCOUNT, NOW, frozenset({"lead-1"})), NOW, 90)

    def listens(self, **changes: Any) -> None:
        self.config = CONFIG.model_copy(update={"listening": Listening(on=True, **changes)})

    @property
    def watching(self) -> Watching:
        return Watching(self.facts, self.deals, self.watches, lambda: self.config, lambda: self.now)

    @property
    def looking(self) -> Looking:
        return Looking(self.facts, self.deals, self.watches, self.bus, lambda: self.config, lambda: self.now)

    @property
    def digests(self) -> Digests:
        return Digests(self.alerts, self.post, lambda: self.config, lambda: self.now)

    @property
    def hearing(self) -> Hearing:
        making = Making(self.facts, self.standings, self.bus, lambda: self.config)
        return Hearing(
            facts=self.facts,
            deals=self.deals,
            watches=self.watches,
            told=self.told,
            alerts=self.alerts,
            briefed=self.briefed,
            documents=self.documents,
            making=making,
            config=lambda: self.config,
            clock=lambda: self.now,
        )

    def look(self, mentions: Sequence[Mention], *stories: Story, research_id: str = "look-1") -> ResearchTask:
        """What collect and rank left of a look."""
        subject = subject_of(ACCOUNT, self.now)
        self.facts.leads[subject.id] = subject
        found = Collection(
            lead_id=subject.id,
            research_id=research_id,
            prospect=subject.known(),
            as_of=self.now,
            window_days=30,
            mentions=tuple(mentions),
        )
        ranked = ranking(*stories, at=self.now)
        for name, document in {"collection.json": found, "ranking.json": ranked}.items():
            self.documents.put(research_key(subject.id, research_id, name), document.model_dump_json())
        return ResearchTask(lead_id=subject.id, research_id=research_id, correlation_id=research_id)

    def hear(self, *told: Mention, research_id: str = "look-1", **of_stories: Any) -> int:
        """A look that finds each of `told` as a story of its own."""
        stories = [story(one, **of_stories) for one in told]
        return self.hearing.hear(self.look(told, *stories, research_id=research_id))
