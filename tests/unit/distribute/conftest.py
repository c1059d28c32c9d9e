"""The distribute step on in-memory ports, with a HubSpot that answers what a test says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx
import pytest

from distribute import handler as distribute_handler
from distribute.activities import Activities
from distribute.bootstrap import Step
from distribute.changes import Changes
from distribute.desk import Desk
from distribute.logic import Distribution
from distribute.reading import Reading
from distribute.timing import Timing
from distribute.waiting import Waiting
from precall.again import Again
from precall.config import Config
from precall.crm.clients import READERS
from precall.events import LeadAcquired
from precall.fetch import Door
from precall.model import Account, Lead, Prospect
from precall.secrets import HUBSPOT_TOKEN, FixedSecrets
from tests.fakes import FakeBus, FakeDiary, FakeFacts, FakePlannedCalls, FakeReadiness, FakeSchedules, FakeSqs

NOW = datetime(2026, 3, 11, 9, 50, tzinfo=UTC)
TARNMOOR = Prospect(account=Account(name="Tarnmoor Logistics", domain="tarnmoor.example"))

REPS = [
    {"name": "Dana", "email": "dana@seller.example", "crm_owner": "501"},
    {"name": "Jonas", "email": "jonas@seller.example", "time_zone": "Europe/Vienna"},
]


async def _public(host: str) -> Sequence[str]:
    return ["93.184.215.14"]


@dataclass
class Stack:
    """The step's ports. `crm` answers every request to a CRM."""

    facts: FakeFacts = field(default_factory=FakeFacts)
    bus: FakeBus = field(default_factory=FakeBus)
    crm: httpx.Response | Callable[[httpx.Request], httpx.Response] | None = None
    planned: FakePlannedCalls = field(default_factory=FakePlannedCalls)
    secrets: dict[str, str] = field(default_factory=lambda: {HUBSPOT_TOKEN: "pat-eu1-new pat-eu1-old"})
    now: datetime = NOW
    asked: int = 0
    readiness: FakeReadiness = field(default_factory=FakeReadiness)
    schedules: FakeSchedules = field(default_factory=FakeSchedules)
    sqs: FakeSqs = field(default_factory=FakeSqs)
    waiting: FakeSchedules = field(default_factory=FakeSchedules)
    diary: FakeDiary = field(default_factory=FakeDiary)
    routing: dict[str, Any] = field(default_factory=dict)
    reps: list[dict[str, Any]] = field(default_factory=lambda: [*REPS])

    def add(self, **fields: Any) -> Lead:
        """A stored lead; a generic one about Tarnmoor unless `fields` say otherwise."""
        given = {"id": "lead-1", "crm": "generic", "prospect": TARNMOOR} | fields
        lead = Lead(acquired_at=NOW, correlation_id="c-1", **given)
        self.facts.add_lead(lead, 90)
        return lead

    def add_hubspot(self) -> Lead:
        return self.add(crm="hubspot", crm_id="123", portal="62515", prospect=None)

    def acquired(self, lead_id: str = "lead-1", crm: str = "generic") -> LeadAcquired:
        return LeadAcquired(lead_id=lead_id, correlation_id="c-1", at=NOW, crm=crm)

    def distribution(self) -> Distribution:
        return Distribution(
            facts=self.facts,
            bus=self.bus,
            config=self.config,
            reading=self.reading(),
            planned=self.planned,
            desk=self.desk(),
            timing=Timing(self.schedules),
            waiting=Waiting(self.waiting),
            clock=lambda: self.now,
        )

    def reading(self) -> Reading:
        return Reading(self.config, FixedSecrets(self.secrets), self._door, READERS, lambda: self.now)

    def changes(self) -> Changes:
        timing = Timing(self.schedules)
        return Changes(self.facts, self.bus, self.config, self.readiness, self.desk(), timing, lambda: self.now)

    def desk(self) -> Desk:
        return Desk(self.facts, self.diary, self.config, lambda: self.now)

    def step(self) -> Step:
        activities = Activities(self.facts, self.bus, self.config, self.planned, self.reading())
        again = Again(self.sqs, "https://queue.example/distribute")  # type: ignore[arg-type]
        return Step(self.distribution(), again, self.changes, lambda: activities)

    def config(self) -> Config:
        return Config.model_validate(
            {
                "reps": self.reps,
                "routing": self.routing,
                "seller": {"name": "Loftgrid"},
                "sender": "briefs@seller.example",
            }
        )

    def _door(self, config: Config) -> Door:
        """Its clock goes on by two seconds whenever it is read, so that a rest ends."""
        ticks = count()
        return Door(
            user_agent=config.sender,
            resolve=_public,
            transport=httpx.MockTransport(self._answer),
            clock=lambda: self.now + timedelta(seconds=2 * next(ticks)),
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        assert self.crm is not None, "the CRM was asked"
        if callable(self.crm):
            return self.crm(request)
        assert request.headers["authorization"] == "Bearer pat-eu1-new"
        return self.crm


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    made = Stack()
    monkeypatch.setattr(distribute_handler, "bootstrap", made.step)
    return made
