"""One lead on its way to a rep, for the tests of deliver: made-up people at made-up companies."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from deliver.channels import Channel, ChannelRefused, Message
from deliver.delivery import Delivery
from deliver.dispatch import Dispatch
from deliver.escalation import Escalation
from deliver.letters import Letters
from deliver.mail import Mail
from deliver.outbox import Outbox
from deliver.post import PostOffice
from deliver.relay import Relay
from deliver.returned import Returned
from deliver.to_managers import ToManagers
from deliver.updates import Updates
from precall.config import Config, parse_config
from precall.documents import research_key
from precall.events import BriefReady, Event, ResearchFailed
from precall.inbox import event_in
from precall.links import Links
from precall.model import Account, Assignee, Assignment, Brief, Contact, Lead, Prospect
from precall.sign_in_links import SignInLinks
from tests.fakes import FakeBus, FakeDocuments, FakeFacts, FakeReadiness

ROOT = Path(__file__).parents[3]
CALL_AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 3, 12, 8, 10, 30, tzinfo=UTC)
SQS: dict[str, Any] = json.loads((ROOT / "events/deliver_sqs.json").read_text())
EVENTS: list[Event] = [event_in(record["body"]) for record in SQS["Records"]]
CONFIG: Config = parse_config((ROOT / "precall.example.yaml").read_text())
LINKS = Links("https://api.example/live", ("a-secret-for-tests",))
PROSPECT = Prospect(
    account=Account(name="Nordlicht Foods", domain="nordlicht.example"),
    contact=Contact(name="Ada Berg", title="Head of Logistics"),
)


def ready() -> BriefReady:
    assert isinstance(EVENTS[0], BriefReady)
    return EVENTS[0]


def failed(**changes: str) -> ResearchFailed:
    assert isinstance(EVENTS[1], ResearchFailed)
    return EVENTS[1].model_copy(update=changes)


def lead(lead_id: str, **changes: Any) -> Lead:
    known = Lead(id=lead_id, crm="generic", acquired_at=NOW, correlation_id="c-1", prospect=PROSPECT)
    return known.model_copy(update=changes)


def assignment(lead_id: str, research_id: str, call_at: datetime = CALL_AT) -> Assignment:
    return Assignment(
        lead_id=lead_id,
        research_id=research_id,
        rep=Assignee(name="Jonas Ferber", email="jonas@seller.example", time_zone="Europe/Vienna"),
        reason="owner in the CRM",
        call_at=call_at,
        call_from="lead",
        assigned_at=NOW,
    )


def brief(event: BriefReady) -> Brief:
    return Brief(
        lead_id=event.lead_id,
        research_id=event.research_id,
        prospect=PROSPECT,
        rep=None,
        call_at=CALL_AT,
        as_of=event.as_of or NOW,
        subject="Nordlicht Foods: opens a warehouse in Linz · call 10:30",
    )


def store_brief(documents: FakeDocuments, event: BriefReady) -> None:
    for name, text in {
        "brief.json": brief(event).model_dump_json(),
        "brief.html": "<p>Opens a warehouse</p>",
        "brief.txt": "Opens a warehouse",
    }.items():
        documents.put(research_key(event.lead_id, event.research_id, name), text)


@dataclass
class FakeMailer:
    """Remembers mails; `error` makes it fail."""

    sent: list[Mail] = field(default_factory=list)
    error: Exception | None = None

    def send(self, mail: Mail) -> str:
        if self.error:
            raise self.error
        self.sent.append(mail)
        return f"ses-{len(self.sent)}"


@dataclass
class FakeOnce:
    """Remembers what was sent, by key."""

    known: dict[str, Any] = field(default_factory=dict)

    def send(self, key: dict[str, str], send: Callable[[], Any]) -> Any:
        name = json.dumps(key, sort_keys=True)
        if name not in self.known:
            self.known[name] = send()
        return self.known[name]


@dataclass
class FakeAddresses:
    """Suppressed addresses, and why."""

    known: dict[str, str] = field(default_factory=dict)

    def suppress(self, address: str, reason: str, at: datetime) -> bool:
        return self.known.setdefault(address, reason) is reason

    def suppressed(self, address: str) -> str | None:
        return self.known.get(address)


@dataclass
class FakeChannel:
    """Remembers messages; `refuses` makes it refuse."""

    name: str = "Slack"
    always: bool = False
    refuses: bool = False
    messages: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.refuses:
            raise ChannelRefused(f"{self.name} does not know this address any more; make a new one")
        self.messages.append(message)


@dataclass
class World:
    """A delivery on fakes, at the moment `now`."""

    now: datetime = NOW
    facts: FakeFacts = field(default_factory=FakeFacts)
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    bus: FakeBus = field(default_factory=FakeBus)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    once: FakeOnce = field(default_factory=FakeOnce)
    addresses: FakeAddresses = field(default_factory=FakeAddresses)
    channels: list[FakeChannel] = field(default_factory=list)
    config: Config = CONFIG
    readiness: FakeReadiness = field(default_factory=FakeReadiness)

    def __post_init__(self) -> None:
        for event in (ready(), failed()):
            self.facts.leads[event.lead_id] = lead(event.lead_id)
            self.facts.assignments[event.lead_id] = assignment(event.lead_id, event.research_id)
        store_brief(self.documents, ready())

    @property
    def shared(self) -> dict[str, Any]:
        channels: Callable[[Config, Assignment], list[Channel]] = lambda config, assignment: [*self.channels]  # noqa: E731
        return {
            "facts": self.facts,
            "letters": Letters(self.documents, lambda: self.config, lambda: LINKS),
            "bus": self.bus,
            "mailer": self.mailer,
            "once": self.once,
            "addresses": self.addresses,
            "relay": Relay(channels, lambda: self.config, self.once, lambda: self.now),
            "clock": lambda: self.now,
        }

    @property
    def delivery(self) -> Delivery:
        return Delivery(**self.shared)

    @property
    def returned(self) -> Returned:
        known = {name: self.shared[name] for name in ("facts", "letters", "bus", "addresses", "relay", "clock")}
        return Returned(**known, managers=self.managers)

    @property
    def dispatch(self) -> Dispatch:
        config: Callable[[], Config] = lambda: self.config  # noqa: E731
        clock: Callable[[], datetime] = lambda: self.now  # noqa: E731
        updates = Updates(config, lambda: LINKS, self.bus, self.mailer, self.once, self.addresses, clock)
        return Dispatch(self.documents, config, self.bus, self.readiness, self.delivery, lambda: updates, clock)

    @property
    def post_office(self) -> PostOffice:
        sign_in_links = SignInLinks("https://api.example/live", ("a-secret-for-tests",))
        return PostOffice(
            facts=self.facts,
            config=lambda: self.config,
            links=lambda: LINKS,
            sign_in_links=lambda: sign_in_links,
            bus=self.bus,
            outbox=self.outbox,
            clock=lambda: self.now,
        )

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.mailer, self.once, self.addresses)

    @property
    def managers(self) -> ToManagers:
        return ToManagers(lambda: self.config, self.outbox)

    @property
    def escalation(self) -> Escalation:
        return Escalation(self.facts, lambda: LINKS, self.managers)
