"""Writing back to Pipedrive: one note on person, organization and open deal, and their custom fields.

Source: https://developers.pipedrive.com/docs/api/v1 (Notes, which are in v1 alone; Persons, PersonFields in v2).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from html import escape

from precall.crm.client import FIELDS, ClientKind, Fields, Note, Records
from precall.crm.errors import CrmObjectMissing
from precall.crm.pipedrive.api import NEWEST, Api, Record, api
from precall.crm.values import number
from precall.errors import CrmRefused, CrmUnavailable
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import PIPEDRIVE_WRITE

MOST_LETTERS = 100_000
"""Of a note's content, in its HTML."""
_MOST_PAGES = 5
_TO_NOTE = {"contact": "person_id", "company": "org_id", "deal": "deal_id"}
_KIND = {"contact": "person", "company": "organization", "deal": "deal"}


class PipedriveClient:
    """See `precall.crm.client.CrmClient`."""

    def __init__(self, api: Api) -> None:
        self._api, self._rest = api, api.rest

    async def records(self, lead: Lead) -> Records:
        """See `CrmClient.records`: the person with their organization and newest open deal, or the organization."""
        kind, _, found = (lead.crm_id or "").rpartition("/")
        if number(found) is None or kind not in ("", "organization"):
            raise CrmRefused(f"lead {lead.id} has no person or organization of Pipedrive to write to")
        if kind:
            return Records(company=found, deal=await self._open_deal(org_id=found))
        person = await self._api.record(f"api/v2/persons/{found}")
        return Records(found, number(person.get("org_id")), await self._open_deal(person_id=found))

    async def find_note(self, records: Records, marker: str) -> str | None:
        """See `CrmClient.find_note`: among the newest notes of one record."""
        kind, found = next((kind, found) for kind, found in vars(records).items() if found)
        async for note in self._notes(**{_TO_NOTE[kind]: found, "sort": "add_time DESC"}):
            if marker in str(note.get("content")):
                return number(note.get("id"))
        return None

    async def add_note(self, records: Records, note: Note) -> str:
        """See `CrmClient.add_note`."""
        linked = {_TO_NOTE[kind]: int(found) for kind, found in vars(records).items() if found}
        answer = await self._rest.send("POST", "v1/notes", {"content": content_of(note), **linked}, repeatable=False)
        written = number((answer.get("data") or {}).get("id"))
        if written is None:
            raise CrmUnavailable("Pipedrive took a note and did not say its id")
        return written

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """See `CrmClient.set_fields`. Pipedrive knows its custom fields by keys, which their names lead to."""
        await self._put(records, fields.by_name())

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """See `CrmClient.delete_note`."""
        await self._rest.delete(f"v1/notes/{note_id}")

    async def clear_fields(self, records: Records) -> None:
        """See `CrmClient.clear_fields`."""
        for one in records.each():
            with suppress(CrmObjectMissing):
                await self._put(one, dict.fromkeys(FIELDS))

    async def _put(self, records: Records, wanted: Mapping[str, str | None]) -> None:
        for kind, found in vars(records).items():
            if found:
                keys = await self._keys(f"{_KIND[kind]}Fields", wanted)
                body = {"custom_fields": {key: wanted[name] for name, key in keys.items()}}
                await self._rest.send("PATCH", f"api/v2/{_KIND[kind]}s/{found}", body)

    async def _keys(self, path: str, wanted: Mapping[str, object]) -> dict[str, str]:
        rows = [row async for row in self._api.rows(f"api/v2/{path}") if row.get("field_name") in wanted]
        keys = {str(row.get("field_name")): str(row.get("field_code")) for row in rows}
        if missing := wanted.keys() - keys.keys():
            raise CrmRefused(f"Pipedrive has no {', '.join(sorted(missing))} among its {path}; make these fields there")
        return keys

    async def _open_deal(self, **whose: str) -> str | None:
        deal = await self._api.first("api/v2/deals", **whose, **NEWEST, status="open")
        return number(deal.get("id")) if deal else None

    async def _notes(self, **params: str) -> AsyncIterator[Record]:
        """All of them, page by page, but not more than a few pages."""
        start = "0"
        for _ in range(_MOST_PAGES):
            answer = await self._rest.get("v1/notes", **params, start=start, limit="100")
            for row in answer.get("data") or []:
                yield row
            paging = (answer.get("additional_data") or {}).get("pagination") or {}
            if not paging.get("more_items_in_collection"):
                return
            start = str(paging.get("next_start"))


def content_of(note: Note) -> str:
    """The note in Pipedrive's HTML, its marker last; a longer one is cut before it."""
    tail = f"<br><br>{escape(note.marker)}"
    text = escape(note.text.strip()).replace("\n", "<br>")
    return text[: MOST_LETTERS - len(tail)] + tail


def _make(door: Door, secret: tuple[str, ...]) -> PipedriveClient:
    return PipedriveClient(api(door, secret, PIPEDRIVE_WRITE))


PIPEDRIVE = ClientKind(PIPEDRIVE_WRITE, _make)
