"""The steps between the webhook and the mail, on ports that break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from deliver.delivery import Delivery
from deliver.dispatch import Dispatch
from deliver.letters import Letters
from deliver.mail import Mail
from deliver.relay import Relay
from deliver.updates import Updates
from distribute.bootstrap import Step
from distribute.changes import Changes
from distribute.desk import Desk
from distribute.logic import Distribution
from distribute.reading import Reading
from distribute.timing import Timing
from distribute.waiting import Waiting
from intake.logic import Intake
from precall.config import Config
from precall.crm import Lenience
from precall.documents import research_key
from precall.events import BriefReady, LeadAssigned, LeadEscalated, ResearchAsked, ResearchFailed
from precall.model import ResearchTask
from precall.secrets import FixedSecrets
from tests.fakes import (
    FakeDiary,
    FakeDocuments,
    FakeFacts,
    FakePlannedCalls,
    FakeReadiness,
    FakeSchedules,
    FakeStandings,
)
from tests.unit.deliver.world import LINKS, FakeAddresses, brief
from tests.unit.flow.ports import Fragile, FragileMailer, Fuse, LeasedOnce

REPS = ("dana@seller.example", "jonas@seller.example")
_HOURS = {"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "start": "00:00", "end": "23:50"}
_CONFIG = Config.model_validate(
    {
        "reps": [{"name": email, "email": email, "hours": _HOURS, "capacity": 500} for email in REPS],
        "seller": {"name": "Loftgrid"},
        "sender": "briefs@seller.example",
    }
)
_NONE: Any = None


def config() -> Config:
    """Two reps who are always at work."""
    return _CONFIG


@dataclass(frozen=True)
class Ports:
    """What the steps share; every call of one may break."""

    facts: FakeFacts
    documents: FakeDocuments
    readiness: FakeReadiness
    diary: FakeDiary
    bus: Any

    @classmethod
    def fragile(cls, fuse: Fuse, *ports: object) -> Ports:
        """In the order of the fields."""
        return cls(*(cast(Any, Fragile(port, fuse)) for port in ports))


def intake(ports: Ports) -> Intake:
    """Takes leads in."""
    lenience, standings = Lenience(hubspot_older=False), FakeStandings(ports.facts)
    secrets, planned = FixedSecrets({}), FakePlannedCalls()
    return Intake(ports.facts, ports.bus, ports.documents, config, secrets, lenience, planned, lambda: standings)


def distribute(ports: Ports, due: FakeSchedules, queued: FakeSchedules, clock: Callable[[], datetime]) -> Step:
    """Gives leads to reps, and sets what is due before a call (`due`) and for leads that wait (`queued`)."""
    facts, bus, timing = ports.facts, ports.bus, Timing(due)
    desk = Desk(facts, ports.diary, config, clock)
    reading = Reading(config, FixedSecrets({}), _NONE, {}, clock)
    given = Distribution(facts, bus, config, reading, FakePlannedCalls(), desk, timing, Waiting(queued), clock)
    changes = Changes(facts, bus, config, ports.readiness, desk, timing, clock)
    return Step(given, _NONE, lambda: changes, _NONE)


@dataclass(frozen=True)
class Deliver:
    """Tells reps."""

    dispatch: Dispatch

    @classmethod
    def on(cls, ports: Ports, fuse: Fuse, clock: Callable[[], datetime], mailed: Callable[[Mail], str]) -> Deliver:
        """`mailed` takes the mails."""
        mailer, once, addresses = FragileMailer(fuse, mailed), cast(Any, LeasedOnce(clock)), FakeAddresses()
        links, relay = lambda: LINKS, Relay(lambda *_: [], config, once, clock)
        letters = Letters(ports.documents, config, links)
        delivery = Delivery(ports.facts, letters, ports.bus, mailer, once, addresses, relay, clock)
        updates = Updates(config, links, ports.bus, mailer, once, addresses, clock)
        return cls(Dispatch(ports.documents, config, ports.bus, ports.readiness, delivery, lambda: updates, clock))

    def take(self, event: Any) -> None:
        """The managers' mail about a lead that nobody took has tests of its own."""
        if not isinstance(event, LeadEscalated):
            self.dispatch.take(event)


@dataclass
class Execution:
    """One run of the workflow: a research, or only its brief anew. The brief step is tried twice."""

    event: LeadAssigned | ResearchAsked
    name: str
    tries: int = 0

    @property
    def task(self) -> ResearchTask:
        """As the workflow hands it on."""
        about = self.event.model_dump(include={"lead_id", "research_id", "correlation_id"})
        return ResearchTask(**about, execution=self.name)

    @property
    def collects(self) -> bool:
        """Whether the sources are asked, which only one execution may."""
        return not (isinstance(self.event, ResearchAsked) and self.event.only == "brief")

    def failed(self, at: datetime) -> ResearchFailed:
        """What the workflow says when the brief step has given up."""
        about = self.task.model_dump(include={"lead_id", "research_id", "correlation_id"})
        return ResearchFailed(**about, at=at, step="brief", error="Unsupported")


def write_brief(ports: Ports, task: ResearchTask, at: datetime) -> None:
    """The brief step: all forms, `brief.json` last, then what tells of them."""
    about = {"lead_id": task.lead_id, "research_id": task.research_id, "correlation_id": "c", "at": at}
    ready = BriefReady.model_validate({**about, "stories": 0, "as_of": at})
    written = brief(ready).model_dump_json()
    forms = {"brief.html": "<p>Opens a warehouse</p>", "brief.txt": "Opens a warehouse", "brief.json": written}
    for name, text in forms.items():
        ports.documents.put(research_key(task.lead_id, task.research_id, name), text)
    ports.bus.publish(ready)
