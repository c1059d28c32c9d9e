"""A lead was erased: the note that a brief of its became in the CRM goes too, and what was set in the CRM's fields.

What is to go is read from the trail, not from the message: a message alone can take back nothing but what Precall
wrote, and only of a lead whose erasing is on its trail.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from precall.bus import Bus
from precall.clock import Clock
from precall.crm.client import ClientKind, CrmClient, Records
from precall.errors import CrmRefused, CrmUnavailable, InvalidConfiguration, Permanent
from precall.events import BriefWrittenBack, LeadErased, NoteErased, NoteErasureAsked, NoteErasureFailed
from precall.facts import Facts
from precall.model import Lead
from precall.secrets import Secrets
from writeback.logic import marker, reason_of

if TYPE_CHECKING:
    from precall.config import Config
    from precall.fetch import Door

Told = NoteErased | NoteErasureFailed
_GIVEN_UP = (CrmRefused, InvalidConfiguration)
"""What only a person can mend: it is told, and not tried again."""


class Unasked(Permanent):
    """Whose note should go was not erased."""


@dataclass(frozen=True)
class TakingBack:
    """The step with its ports; `clients` by the name of the CRM."""

    facts: Facts
    bus: Bus
    config: Callable[[], Config]
    secrets: Secrets
    open_door: Callable[[Config], AbstractAsyncContextManager[Door]]
    clients: Mapping[str, ClientKind]
    clock: Clock

    def take_back(self, event: NoteErasureAsked, *, last_try: bool = False) -> tuple[Told, ...]:
        """Delete the note, empty the fields, and publish what came of it; what is gone already counts as erased.

        Harmless to repeat. CrmUnavailable, StorageUnavailable and BusUnavailable are worth a redelivery; of the last
        one CrmUnavailable is also told. Unasked where the trail does not say that the lead was erased.
        """
        if self.facts.recorded(event.lead_id, LeadErased.id_of(event.lead_id)) is None:
            raise Unasked(f"the lead {event.lead_id} was not erased, so its note stays")
        found = self.facts.recorded(event.lead_id, BriefWrittenBack.id_of(event.lead_id, event.research_id))
        written = found if isinstance(found, BriefWrittenBack) else None
        try:
            told = tuple(asyncio.run(self._taken_back(event, written)))
        except _GIVEN_UP as error:
            told = (self._failed(event, written, "note", error),)
        except CrmUnavailable as error:
            if last_try:
                self.bus.publish(self._failed(event, written, "note", error))
            raise
        self.bus.publish(*told)
        return told

    async def _taken_back(self, event: NoteErasureAsked, written: BriefWrittenBack | None) -> list[Told]:
        config, kind = self.config(), self.clients.get(event.crm)
        if not config.write_back.on or kind is None:
            raise InvalidConfiguration("write_back is off in precall.yaml")
        async with self.open_door(config) as door:
            client = kind.make(door, self.secrets.all(kind.secret))
            records = Records.of(written.records) if written else await client.records(_stub(event))
            note_id = await self._note(event, written, client, records)
            fields = written.fields if written else config.write_back.fields
            refused = await _cleared(client, records) if fields else None
        told = {**_common(event), "at": self.clock(), "note_id": note_id, "records": records.named}
        erased = NoteErased.model_validate({**told, "fields": fields and refused is None})
        return [erased, *([self._failed(event, written, "fields", refused)] if refused else [])]

    async def _note(
        self, event: NoteErasureAsked, written: BriefWrittenBack | None, client: CrmClient, records: Records
    ) -> str | None:
        """The id of the note that is gone now; None where there was none, as a try that began it never came to it."""
        mark = marker(event.research_id)
        note_id = written.note_id if written else await client.find_note(records, mark)
        if note_id:
            await client.delete_note(records, note_id, mark)
        return note_id

    def _failed(
        self,
        event: NoteErasureAsked,
        written: BriefWrittenBack | None,
        part: Literal["note", "fields"],
        error: Exception,
    ) -> NoteErasureFailed:
        where = f" on {', '.join(written.records)}" if written else ""
        note = f"note {written.note_id}" if written else "the note, if there is one,"
        what = f"{note} ending in {marker(event.research_id)}" if part == "note" else "the fields precall_…"
        reason = f"{reason_of(error)}; take away by hand: {what}{where}"
        return NoteErasureFailed(**_common(event), at=self.clock(), part=part, reason=reason)


async def _cleared(client: CrmClient, records: Records) -> Exception | None:
    """Why the CRM does not empty the fields, if it does not."""
    try:
        await client.clear_fields(records)
    except CrmRefused as error:
        return error
    return None


def _stub(event: NoteErasureAsked) -> Lead:
    """As much of the lead that is gone as a CRM needs to say its records."""
    return Lead(
        id=event.lead_id,
        crm=event.crm,
        crm_id=event.crm_id,
        acquired_at=event.at,
        correlation_id=event.correlation_id,
    )


def _common(event: NoteErasureAsked) -> dict[str, str]:
    return {
        "lead_id": event.lead_id,
        "correlation_id": event.correlation_id,
        "research_id": event.research_id,
        "crm": event.crm,
    }
