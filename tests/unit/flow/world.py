"""All steps between the webhook and the mail: what each says waits in queues, which may lose their order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.template import functions, listeners
from deliver.mail import Mail
from precall.crm import Batch, WebhookRequest
from precall.events import Event
from precall.model import Account, Lead, Prospect
from tests.fakes import FakeDiary, FakeDocuments, FakeFacts, FakeReadiness, FakeSchedules
from tests.unit.flow.ports import Fragile, Fuse
from tests.unit.flow.steps import Deliver, Ports, distribute, intake, research

START = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
_RESEARCHED = ("lead.assigned", "research.asked")
_HEARD = listeners(functions({}))


@dataclass(frozen=True)
class Letter:
    """A message in the queue of a step."""

    step: str
    event: Event


@dataclass(frozen=True)
class Mailed:
    """A mail that is out, and the call that it was about."""

    kind: str
    lead: str
    to: str
    call_at: datetime


class World:
    """What waits in the queues, what was ever in them, what was mailed. `skew` is how wrong a step's clock is, `fails`
    whether a research comes to nothing; the fuse breaks a step."""

    def __init__(self) -> None:
        self.now, self.skew, self.fails = START, timedelta(0), False
        self.fuse, self.facts, self.diary = Fuse(), FakeFacts(), FakeDiary()
        self.waits: list[Letter] = []
        self.was: list[Letter] = []
        self.mailed: list[Mailed] = []
        self.trail: dict[str, dict[str, Event]] = defaultdict(dict)
        self._due, self._queued = FakeSchedules(), FakeSchedules()
        self._ports = Ports.fragile(self.fuse, self.facts, FakeDocuments(), FakeReadiness(), self.diary, self)
        due, queued = self._fragile(self._due), self._fragile(self._queued)
        self._intake = intake(self._ports)
        self._distribute = distribute(self._ports, due, queued, self._clock)
        self._deliver = Deliver.on(self._ports, self.fuse, self._clock, self._mail)

    def publish(self, *events: Event) -> None:
        """The bus: into the queues that the template's rules name."""
        for event in events:
            self.trail[event.lead_id].setdefault(event.id, event)
            heard = {*_HEARD.get(event.type, ())} & {"DistributeFunction", "DeliverFunction"}
            for step in sorted(heard | ({"Research"} if event.type in _RESEARCHED else set())):
                self._post(Letter(step, event))

    def receive(self, number: int, call_at: datetime | None) -> None:
        """A webhook: the same lead for the same number."""
        prospect = Prospect(account=Account(name=f"Tarnmoor {number}", domain="tarnmoor.example"))
        about = {"prospect": prospect, "acquired_at": START, "correlation_id": "c", "call_at": call_at}
        lead = Lead.model_validate({"id": f"lead-{number}", "crm": "generic", **about})
        request = WebhookRequest("POST", "https://api.example/leads", {}, b"", self.now, "c")
        self._intake.keep("generic", Batch(leads=(lead,)), request)

    def take(self, letter: Letter) -> None:
        """A step handles a message; what it raises leaves the message in its queue."""
        event: Any = letter.event
        if letter.step == "Research":
            research(self._ports, event, self._clock(), self.fails)
        else:
            (self._distribute if letter.step == "DistributeFunction" else self._deliver).take(event)

    @property
    def is_over(self) -> bool:
        """Whether nothing is scheduled any more."""
        return not (self._due.held or self._queued.held)

    def until_next(self) -> timedelta:
        """How long nothing happens."""
        moments = [moment for held in (self._due.held, self._queued.held) for moment, _ in held.values()]
        return max(min(moments, default=self.now) - self.now, timedelta(0))

    def pass_time(self, span: timedelta) -> None:
        """Later: what was scheduled until then comes."""
        self.now += span
        for schedules, step in ((self._due, "DeliverFunction"), (self._queued, "DistributeFunction")):
            for event in schedules.due(self.now):
                self._post(Letter(step, event))

    def _fragile(self, port: object) -> Any:
        return Fragile(port, self.fuse)

    def _clock(self) -> datetime:
        return self.now + self.skew

    def _post(self, letter: Letter) -> None:
        self.waits.append(letter)
        self.was.append(letter)

    def _mail(self, mail: Mail) -> str:
        about = self.facts.assignments[mail.tags["lead"]]
        assert not about.cancelled, "a mail about a call that was cancelled"
        assert self._clock() < about.call_at, "a mail about a call that is over"
        self.mailed.append(Mailed(mail.tags["kind"], about.lead_id, mail.to, about.call_at))
        return f"ses-{len(self.mailed)}"
