"""A brief that is ready, about a lead of HubSpot's, and a CRM to give it back to."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from precall.config import Config, WriteBack
from precall.crm.clients import CLIENTS
from precall.crm.notebook import Page
from precall.documents import research_key
from precall.errors import CrmUnavailable
from precall.events import BriefReady, Event
from precall.fetch import Door
from precall.fetch.manners import Manners
from precall.model import Account, Brief, Contact, Lead, Prospect
from precall.secrets import FixedSecrets
from tests.fake_crm import FakeCrm, FakeHubSpot
from tests.fakes import FakeBus, FakeDocuments, FakeFacts
from tests.unit.deliver.world import CONFIG
from writeback import logic

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LINK = "https://api.example/live/leads/lead-1/brief?token=x"
READY = BriefReady(lead_id="lead-1", correlation_id="c-1", at=NOW, research_id="0c7d-9a52", stories=2)
PROSPECT = Prospect(account=Account(name="Nordlicht Foods"), contact=Contact(name="Ada Berg"))
LEAD = Lead(
    id="lead-1", crm="hubspot", crm_id="51", acquired_at=NOW, correlation_id="c-1", prospect=PROSPECT, owner="70110001"
)
BRIEF = Brief(
    lead_id=LEAD.id,
    research_id=READY.research_id,
    prospect=PROSPECT,
    rep=None,
    call_at=None,
    as_of=NOW,
    subject="Nordlicht Foods",
    link=LINK,
)
NOTE = "Nordlicht Foods <opens> a warehouse\n- in Linz & Graz\n"


class FakeNotebook:
    """`precall.crm.notebook.Notebook` in a dict."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], Page] = {}
        self.busy: set[tuple[str, str]] = set()

    def begin(self, lead_id: str, research_id: str, now: datetime) -> Page:
        key = lead_id, research_id
        page = self.pages.get(key, Page())
        if key in self.busy and not page.note_id:
            raise CrmUnavailable("another invocation is writing this note; it is looked at again later")
        self.busy.add(key)
        self.pages[key] = Page(page.note_id, page.tries + 1)
        return page

    def keep(self, lead_id: str, research_id: str, note_id: str) -> bool:
        if (lead_id, research_id) not in self.pages:
            return False
        self.pages[lead_id, research_id] = Page(note_id)
        return True


@dataclass
class World:
    """The step on fakes; `write` is one delivery of the event about `lead` to `crm`."""

    hubspot: FakeHubSpot = field(default_factory=FakeHubSpot)
    other: FakeCrm | None = None
    lead: Lead = LEAD
    facts: FakeFacts = field(default_factory=FakeFacts)
    documents: FakeDocuments = field(default_factory=FakeDocuments)
    bus: FakeBus = field(default_factory=FakeBus)
    notebook: FakeNotebook = field(default_factory=FakeNotebook)
    secrets: dict[str, str] = field(default_factory=lambda: {"hubspot/write-token": "pat-write"})
    wanted: WriteBack = WriteBack(on=True, fields=True)  # noqa: RUF009 - frozen

    def __post_init__(self) -> None:
        self.facts.leads[LEAD.id] = self.lead
        for name, text in {"brief.json": BRIEF.model_dump_json(), "note.txt": NOTE}.items():
            self.documents.put(research_key(LEAD.id, READY.research_id, name), text)

    def write(self, **how: Any) -> tuple[Event, ...]:
        self.notebook.busy.clear()  # the lease of the try before is over
        return self.step().write(READY, **how)

    def step(self) -> logic.WriteBack:
        return logic.WriteBack(
            facts=self.facts,
            documents=self.documents,
            bus=self.bus,
            config=lambda: CONFIG.model_copy(update={"write_back": self.wanted}),
            secrets=FixedSecrets(self.secrets),
            open_door=self._door,
            notebook=self.notebook,
            clients=CLIENTS,
            clock=lambda: NOW + timedelta(seconds=9),
        )

    def _door(self, config: Config) -> AbstractAsyncContextManager[Door]:
        """Its clock goes on by two seconds whenever it is read, so that a rest ends."""
        web, ticks = (self.other or self.hubspot).web, count()
        return Door(
            user_agent="Precall/test",
            resolve=web.resolve,
            transport=httpx.MockTransport(web.answer),
            manners=Manners(robots=False),
            clock=lambda: NOW + timedelta(seconds=2 * next(ticks)),
        )
