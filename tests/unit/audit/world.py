"""One lead and what happened to it, for the tests of audit: made-up people at made-up companies."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from audit.access import Access, Asked
from audit.brief_page import BriefPage
from audit.dossier import Dossiers
from audit.pages import Pages
from audit.people import Person
from audit.sharing import Sharing
from audit.voting import Voting
from precall.config import parse_config
from precall.documents import research_key
from precall.events import BriefMissed, BriefReady, BriefSent, Event, ResearchFailed
from precall.inbox import event_in
from precall.links import Links
from precall.model import Account, Assignee, Assignment, Contact, Lead, Prospect
from precall.share_links import ShareLinks
from tests.fake_feedback import FakeFeedback, FakeRatings
from tests.fakes import FakeBus, FakeCalls, FakeDocuments, FakeFacts, FakeTouchBook

ROOT = Path(__file__).parents[3]
SQS: dict[str, Any] = json.loads((ROOT / "events/audit_sqs.json").read_text())
GET: dict[str, Any] = json.loads((ROOT / "events/lead_page.json").read_text())
EVENTS: list[Event] = [event_in(record["body"]) for record in SQS["Records"]]
LEAD_ID = EVENTS[0].lead_id
RESEARCH_ID = "8f1f2a7e-3f0b-5f5e-8f0a-2b9d7c6e5a40"
CALL_AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 3, 12, 8, 30, tzinfo=UTC)
SECRET = "a-secret-for-tests"
LINKS = Links("https://api.example/live", (SECRET,))
SHARES = ShareLinks((SECRET,))
CONFIG = parse_config((ROOT / "precall.example.yaml").read_text())
BRIEF_ADDRESS = f"https://api.example/live/leads/{LEAD_ID}/brief"
TOKEN = LINKS.to_lead(LEAD_ID).split("token=")[1]

LEAD = Lead(
    id=LEAD_ID,
    crm="generic",
    acquired_at=EVENTS[0].at,
    correlation_id=EVENTS[0].correlation_id,
    prospect=Prospect(
        account=Account(name="Nordlicht Foods", domain="nordlicht.example"),
        contact=Contact(name="Ada Berg", title="Head of Logistics"),
    ),
    source="webinar",
)
ASSIGNMENT = Assignment(
    lead_id=LEAD_ID,
    research_id=RESEARCH_ID,
    rep=Assignee(name="Jonas Ferber", email="jonas@seller.example", time_zone="Europe/Vienna"),
    reason="owner in the CRM",
    call_at=CALL_AT,
    call_from="lead",
    assigned_at=EVENTS[1].at,
)


def sent(before: timedelta = timedelta(minutes=79), notice: bool = False, research: str = RESEARCH_ID) -> BriefSent:
    return BriefSent(
        lead_id=LEAD_ID,
        correlation_id="c",
        at=CALL_AT - before,
        research_id=research,
        to="jonas@seller.example",
        call_at=CALL_AT,
        message_id="ses-1",
        minutes_before_call=before // timedelta(minutes=1),
        notice_only=notice,
    )


def ready(research: str = RESEARCH_ID, at: datetime = NOW) -> BriefReady:
    return BriefReady(lead_id=LEAD_ID, correlation_id="c", at=at, research_id=research, stories=5)


def missed(at: datetime, reason: str = "the reason", research: str = RESEARCH_ID) -> BriefMissed:
    return BriefMissed(lead_id=LEAD_ID, correlation_id="c", at=at, research_id=research, call_at=CALL_AT, reason=reason)


def failed(research: str = RESEARCH_ID) -> ResearchFailed:
    return ResearchFailed(
        lead_id=LEAD_ID, correlation_id="c", at=NOW, research_id=research, step="brief", error="Unsupported"
    )


BRIEF_PAGE = "<style>p { margin: 0 }</style><p>Opens a warehouse</p>"


@dataclass
class World:
    """Pages on fakes, at the moment `now`."""

    now: datetime = NOW
    facts: FakeFacts = field(default_factory=FakeFacts)
    calls: FakeCalls = field(default_factory=FakeCalls)
    touches: FakeTouchBook = field(default_factory=FakeTouchBook)
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    bus: FakeBus = field(default_factory=FakeBus)
    feedback: FakeFeedback = field(default_factory=FakeFeedback)
    ratings: FakeRatings = field(default_factory=FakeRatings)

    def __post_init__(self) -> None:
        self.facts.leads[LEAD_ID] = LEAD
        self.facts.assignments[LEAD_ID] = ASSIGNMENT
        self.happened(*EVENTS)
        self.documents.put(research_key(LEAD_ID, RESEARCH_ID, "page.html"), BRIEF_PAGE)

    def happened(self, *events: Event) -> None:
        for event in events:
            self.facts.append(event, 730)

    def nothing_happened(self) -> None:
        self.facts.trails.clear()
        self.documents.texts.clear()

    @property
    def access(self) -> Access:
        return Access(self.facts, lambda: LINKS, lambda: SHARES)

    @property
    def pages(self) -> Pages:
        dossiers = Dossiers(self.documents, self.feedback, self.ratings)
        return Pages(self.access, self.facts, dossiers, self.clock)

    @property
    def brief_page(self) -> BriefPage:
        voting = Voting(self.documents, self.feedback, self.ratings, lambda: CONFIG, self.clock)
        sharing = Sharing(self.bus, lambda: SHARES, self.clock)
        return BriefPage(self.access, self.facts, self.documents, self.bus, voting, sharing, self.clock)

    def clock(self) -> datetime:
        return self.now


def asked(
    lead_id: str = LEAD_ID, token: str = TOKEN, as_json: bool = False, person: Person | None = None, shared: str = ""
) -> Asked:
    return Asked(lead_id, "" if person or shared else token, as_json, person, shared, BRIEF_ADDRESS)
