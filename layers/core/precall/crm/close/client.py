"""Writing back to Close: one note on the lead, beside its contact, and the lead's custom fields (API v1).

A lead of Close's is the company; contacts and opportunities lie inside it, and so does everything that is noted.
Source: https://developer.close.com/api/resources/activities/notes/create, /resources/leads/, /resources/custom-fields/.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Any

from precall.crm.client import FIELDS, ClientKind, Fields, Note, Records
from precall.crm.close.api import api, id_of, rows_of
from precall.crm.errors import CrmObjectMissing
from precall.crm.rest import Rest
from precall.errors import CrmRefused, CrmUnavailable
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import CLOSE_WRITE

MOST_LETTERS = 50_000
"""Of a note; Close names no limit."""
_MOST_PAGES = 5


class CloseClient:
    """See `precall.crm.client.CrmClient`."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def records(self, lead: Lead) -> Records:
        """See `CrmClient.records`: the lead (as the company), its contact that the brief is about, else its first, and
        its first active opportunity."""
        company = id_of(lead.crm_id)
        if company is None:
            raise CrmRefused(f"lead {lead.id} has no lead of Close to write to")
        found = await self._rest.get(f"lead/{company}/", _fields="id,contacts,opportunities")
        contacts = [one for one in (id_of(row.get("id")) for row in rows_of(found, "contacts")) if one]
        known = lead.prospect.contact.crm_id if lead.prospect and lead.prospect.contact else None
        active = (row for row in rows_of(found, "opportunities") if row.get("status_type") == "active")
        return Records(
            contact=known if known in contacts else next(iter(contacts), None),
            company=company,
            deal=next((one for one in (id_of(row.get("id")) for row in active) if one), None),
        )

    async def find_note(self, records: Records, marker: str) -> str | None:
        """See `CrmClient.find_note`: among the lead's notes."""
        async for note in self._all("activity/note/", lead_id=str(records.company)):
            if marker in str(note.get("note")):
                return id_of(note.get("id"))
        return None

    async def add_note(self, records: Records, note: Note) -> str:
        """See `CrmClient.add_note`. It is the note of whoever's key it is."""
        body = {"lead_id": records.company, "contact_id": records.contact, "note": text_of(note)}
        said = {name: value for name, value in body.items() if value}
        written = id_of((await self._rest.send("POST", "activity/note/", said, repeatable=False)).get("id"))
        if written is None:
            raise CrmUnavailable("Close took a note and did not say its id")
        return written

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """See `CrmClient.set_fields`: of the lead. Close knows custom fields by ids, which their names lead to."""
        await self._put(records, fields.by_name())

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """See `CrmClient.delete_note`."""
        await self._rest.delete(f"activity/note/{note_id}/")

    async def clear_fields(self, records: Records) -> None:
        """See `CrmClient.clear_fields`."""
        with suppress(CrmObjectMissing):
            await self._put(records, dict.fromkeys(FIELDS))

    async def _put(self, records: Records, wanted: Mapping[str, str | None]) -> None:
        ids = {str(row.get("name")): id_of(row.get("id")) async for row in self._all("custom_field/lead/")}
        if missing := sorted(name for name in wanted if not ids.get(name)):
            raise CrmRefused(f"Close has no {', '.join(missing)} among the custom fields of leads; make these there")
        body = {f"custom.{ids[name]}": value or None for name, value in wanted.items()}
        await self._rest.send("PUT", f"lead/{records.company}/", body)

    async def _all(self, path: str, **params: str) -> AsyncIterator[dict[str, Any]]:
        """All rows of a list, page by page, but not more than a few pages."""
        skip = 0
        for _ in range(_MOST_PAGES):
            answer = await self._rest.get(path, **params, _skip=str(skip), _limit="100")
            rows = rows_of(answer, "data")
            for row in rows:
                yield row
            skip += len(rows)
            if not (rows and answer.get("has_more")):
                return


def text_of(note: Note) -> str:
    """The note as plain text, its marker last; a longer one is cut before it."""
    tail = f"\n\n{note.marker}"
    return note.text.strip()[: MOST_LETTERS - len(tail)] + tail


def _make(door: Door, secret: tuple[str, ...]) -> CloseClient:
    return CloseClient(api(door, secret, CLOSE_WRITE))


CLOSE = ClientKind(CLOSE_WRITE, _make)
