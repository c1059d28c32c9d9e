"""A brief is ready: its short form becomes a note in the CRM, once; what goes wrong here, the mail never waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from precall.bus import Bus
from precall.clock import Clock
from precall.crm.client import ClientKind, CrmClient, Fields, Note, Records
from precall.crm.notebook import Notebook
from precall.documents import Documents, load, research_key
from precall.errors import CrmRefused, CrmUnavailable, DocumentNotFound, InvalidConfiguration, LeadNotFound
from precall.events import BriefReady, BriefWrittenBack, WriteBackFailed
from precall.facts import Facts
from precall.model import Brief, Lead
from precall.secrets import Secrets

if TYPE_CHECKING:
    from precall.config import Config
    from precall.fetch import Door

Told = BriefWrittenBack | WriteBackFailed
_LONGEST_REASON = 300
_GIVEN_UP = (CrmRefused, DocumentNotFound, InvalidConfiguration)
"""What only a person can mend: it is told, and not tried again."""


@dataclass(frozen=True)
class WriteBack:
    """The step with its ports; `clients` by the name of the CRM."""

    facts: Facts
    documents: Documents
    bus: Bus
    config: Callable[[], Config]
    secrets: Secrets
    open_door: Callable[[Config], AbstractAsyncContextManager[Door]]
    notebook: Notebook
    clients: Mapping[str, ClientKind]
    clock: Clock

    def write(self, event: BriefReady, *, last_try: bool = False) -> tuple[Told, ...]:
        """Write the brief's note and fields, and publish what came of it; nothing where the team does not want it, or
        the lead came from no CRM that can be written to.

        Harmless to repeat. CrmUnavailable, StorageUnavailable and BusUnavailable are worth a redelivery; of the last
        one CrmUnavailable is also told. LeadNotFound when the lead was erased, also while its note was being written.
        """
        lead, config = self.facts.lead(event.lead_id), self.config()
        kind = self.clients.get(lead.crm)
        if not config.write_back.on or kind is None or lead.crm_id is None:
            return ()
        try:
            told = tuple(asyncio.run(self._written(event, lead, config, kind)))
        except _GIVEN_UP as error:
            told = (self._failed(event, lead, "note", error),)
        except CrmUnavailable as error:
            if last_try:
                self.bus.publish(self._failed(event, lead, "note", error))
            raise
        self.bus.publish(*told)
        return told

    async def _written(self, event: BriefReady, lead: Lead, config: Config, kind: ClientKind) -> list[Told]:
        brief = load(self.documents, research_key(lead.id, event.research_id, "brief.json"), Brief)
        async with self.open_door(config) as door:
            client = kind.make(door, self.secrets.all(kind.secret))
            records = await client.records(lead)
            note_id = await self._note(event, lead, client, records)
            refused = await self._fields(client, records, brief) if config.write_back.fields else None
        written = BriefWrittenBack(
            **_common(event, lead),
            at=self.clock(),
            note_id=note_id,
            records=records.named,
            fields=config.write_back.fields and refused is None,
        )
        return [written, *([self._failed(event, lead, "fields", refused)] if refused else [])]

    async def _note(self, event: BriefReady, lead: Lead, client: CrmClient, records: Records) -> str:
        """The note's id; written now unless it was before, even by a try whose answer was lost."""
        page = self.notebook.begin(lead.id, event.research_id, self.clock())
        if page.note_id:
            return page.note_id
        text = self.documents.get(research_key(lead.id, event.research_id, "note.txt"))
        note = Note(text, marker(event.research_id), event.at, lead.owner)
        found = await client.find_note(records, note.marker) if page.tries else None
        note_id = found or await client.add_note(records, note)
        if not self.notebook.keep(lead.id, event.research_id, note_id):
            await client.delete_note(records, note_id, note.marker)
            raise LeadNotFound(f"the lead {lead.id} was erased while its note was written, which is taken back")
        return note_id

    async def _fields(self, client: CrmClient, records: Records, brief: Brief) -> Exception | None:
        """Why the CRM does not take them, if it does not."""
        signal = next((signal.quote.text for signal in brief.signals), "")
        try:
            await client.set_fields(records, Fields(brief.as_of, brief.link or "", signal))
        except CrmRefused as error:
            return error
        return None

    def _failed(self, event: BriefReady, lead: Lead, part: str, error: Exception) -> WriteBackFailed:
        return WriteBackFailed.model_validate(
            {**_common(event, lead), "at": self.clock(), "part": part, "reason": reason_of(error)}
        )


def reason_of(error: Exception) -> str:
    """Why something was not done, in a line."""
    return " ".join(str(error).split())[:_LONGEST_REASON]


def marker(research_id: str) -> str:
    """`precall0c7d9a52…`: one word of letters and digits, which searches of CRMs find whole."""
    return "precall" + "".join(_letters(research_id))


def _letters(text: str) -> Iterator[str]:
    return (letter for letter in text if letter.isascii() and letter.isalnum())


def _common(event: BriefReady, lead: Lead) -> dict[str, str]:
    return {
        "lead_id": lead.id,
        "correlation_id": event.correlation_id,
        "research_id": event.research_id,
        "crm": lead.crm,
    }
