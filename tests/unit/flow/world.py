"""All steps between the webhook and the mail: what each says waits in queues, which may lose their order.

Of a research there are its claim, its brief and its end.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bench.template import functions, listeners
from collect.claims import Claims
from deliver.mail import Mail
from precall.crm import Batch, WebhookRequest
from precall.errors import PrecallError, ResearchRepeated, Unsupported
from precall.events import Event
from precall.flights import MemoryFlights
from precall.model import Account, Lead, Prospect
from tests.fakes import FakeDiary, FakeDocuments, FakeFacts, FakeReadiness, FakeSchedules
from tests.unit.flow.ports import Fragile, Fuse, Killed
from tests.unit.flow.steps import Deliver, Execution, Ports, distribute, intake, write_brief

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
    """A mail that is out, and the call that it was about; of the kind "deadline" where it says that a research has not
    finished yet."""

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
        self.runs: list[Execution] = []
        self.mailed: list[Mailed] = []
        self.trail: dict[str, dict[str, Event]] = defaultdict(dict)
        self._due, self._queued = FakeSchedules(), FakeSchedules()
        self._ports = Ports.fragile(self.fuse, self.facts, FakeDocuments(), FakeReadiness(), self.diary, self)
        due, queued = self._fragile(self._due), self._fragile(self._queued)
        self._intake = intake(self._ports)
        self._distribute = distribute(self._ports, due, queued, self._clock)
        self._deliver = Deliver.on(self._ports, self.fuse, self._clock, self._mail)
        claims = Claims(self.facts, MemoryFlights(), self._clock)
        self._claims, self._unrecorded, self._names = self._fragile(claims), list[Event](), count()

    def publish(self, *events: Event) -> None:
        """The bus: into the queues that the template's rules name."""
        for event in events:
            self.trail[event.lead_id].setdefault(event.id, event)
            self._unrecorded.append(event)
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
            self._begin(event)
        else:
            (self._distribute if letter.step == "DistributeFunction" else self._deliver).take(event)

    def go_on(self, run: Execution) -> None:
        """An execution comes to its brief step, and to its end: it tells of a failure when the step fails twice."""
        try:
            if self.fails:
                raise Unsupported("a sentence without a source")
            write_brief(self._ports, run.task, self._clock())
        except (PrecallError, Killed):
            run.tries += 1
            if run.tries > 1 or self.fails:
                self.runs.remove(run)
                self.publish(run.failed(self._clock()))
            return
        self.runs.remove(run)

    @property
    def is_over(self) -> bool:
        """Whether nothing goes on, and nothing is scheduled any more."""
        return not (self.runs or self._due.held or self._queued.held)

    def until_next(self) -> timedelta:
        """How long nothing happens."""
        moments = [moment for held in (self._due.held, self._queued.held) for moment, _ in held.values()]
        return max(min(moments, default=self.now) - self.now, timedelta(0))

    def pass_time(self, span: timedelta) -> None:
        """Later: what was scheduled until then comes, executions have ended, and the trails know what was said."""
        for run in list(self.runs):
            self.go_on(run)
        self.now += span
        while self._unrecorded:
            self.facts.append(self._unrecorded.pop(), 90)
        for schedules, step in ((self._due, "DeliverFunction"), (self._queued, "DistributeFunction")):
            for event in schedules.due(self.now):
                self._post(Letter(step, event))

    def _begin(self, event: Any) -> None:
        """An execution begins; when the step that claims the research gives up, it goes on without mentions."""
        run = Execution(event, f"execution-{next(self._names)}")
        for _ in range(2 if run.collects else 0):
            try:
                self._claims.take(run.task)
            except ResearchRepeated:
                return
            except (PrecallError, Killed):
                continue
            break
        self.runs.append(run)

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
        kind = "deadline" if mail.subject.startswith("No brief yet") else mail.tags["kind"]
        self.mailed.append(Mailed(kind, about.lead_id, mail.to, about.call_at))
        return f"ses-{len(self.mailed)}"
