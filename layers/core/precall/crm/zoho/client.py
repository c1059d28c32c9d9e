"""Writing back to Zoho: a note on each of the lead's records, written together, and their custom fields (API v6).

A note of Zoho's has one parent. Records are told with their module: `Leads/57…`.
Source: https://www.zoho.com/crm/developer/docs/api/v6/create-notes.html, …/update-records.html.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from precall.crm.client import ClientKind, Fields, Note, Records
from precall.crm.errors import CrmObjectMissing
from precall.crm.rest import Rest
from precall.crm.values import number
from precall.crm.zoho.notifications import MODULES
from precall.crm.zoho.oauth import Tokens
from precall.errors import CrmRefused, CrmUnavailable
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import ZOHO_WRITE

_FIELDS = ("Precall_Brief_Ready", "Precall_Brief_Link", "Precall_Top_Signal")
MOST_LETTERS = 32_000
"""Of a note's content."""
_MOST_PAGES = 5
_TOKENS = Tokens()


class ZohoClient:
    """See `precall.crm.client.CrmClient`."""

    def __init__(self, door: Door, secret: tuple[str, ...], tokens: Tokens = _TOKENS) -> None:
        self._door, self._secret, self._tokens = door, secret, tokens

    async def records(self, lead: Lead) -> Records:
        """See `CrmClient.records`: a Lead is alone; a Contact has an Account and its first open Deal."""
        module, _, record = (lead.crm_id or "").partition("/")
        if module not in MODULES or number(record) != record:
            raise CrmRefused(f"lead {lead.id} has no Lead or Contact of Zoho to write to")
        contact = f"{module}/{record}"
        found = _rows(await self._get(contact, fields="Account_Name,Company"))
        if not found:
            raise CrmObjectMissing(f"Zoho has no {contact} (any more): it was deleted or converted")
        if module == "Leads":
            return Records(contact=contact)
        company = _id(found[0].get("Account_Name"))
        return Records(contact, company and f"Accounts/{company}", await self._open_deal(contact))

    async def find_note(self, records: Records, marker: str) -> str | None:
        """See `CrmClient.find_note`: by the title."""
        async for found in self._own_notes(str(records.contact), marker):
            return found
        return None

    async def add_note(self, records: Records, note: Note) -> str:
        """See `CrmClient.add_note`: the id of the Lead's or Contact's; what another refuses costs that one."""
        title, content = f"Precall brief {note.marker}", note.text.strip()[:MOST_LETTERS]
        notes = [
            {"Parent_Id": _parent(record), "Note_Title": title, "Note_Content": content}
            for record in vars(records).values()
            if record
        ]
        answer = await self._send("POST", "Notes", {"data": notes}, repeatable=False)
        written = number((_accepted(answer, "POST Notes").get("details") or {}).get("id"))
        if written is None:
            raise CrmUnavailable("Zoho took a note and did not say its id")
        return written

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """See `CrmClient.set_fields`. No workflow of Zoho's is started by it."""
        values = (fields.ready_at.isoformat(timespec="seconds"), fields.link, fields.signal)
        await self._put(records, dict(zip(_FIELDS, values, strict=True)))

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """See `CrmClient.delete_note`: each record's own. Zoho keeps them in its recycle bin, for 60 days."""
        for record in filter(None, vars(records).values()):
            for found in [one async for one in self._own_notes(record, marker)]:
                await (await self._rest()).delete(f"Notes/{found}")

    async def clear_fields(self, records: Records) -> None:
        """See `CrmClient.clear_fields`."""
        known = {kind: record for kind, record in vars(records).items() if record}
        there = {kind: record for kind, record in known.items() if _rows(await self._read(record, fields="id"))}
        await self._put(Records(**there), dict.fromkeys(_FIELDS))

    async def _put(self, records: Records, values: Mapping[str, str | None]) -> None:
        for record in filter(None, vars(records).values()):
            try:
                _accepted(await self._send("PUT", record, {"data": [values], "trigger": []}), f"PUT {record}")
            except CrmRefused as error:
                raise CrmRefused(f"{error}; do the fields {', '.join(values)} exist in Zoho?") from error

    async def _own_notes(self, record: str, marker: str) -> AsyncIterator[str]:
        for page in range(1, _MOST_PAGES + 1):
            answer = await self._read(f"{record}/Notes", fields="Note_Title", page=str(page), per_page="200")
            for row in _rows(answer):
                found = number(row.get("id"))
                if found and marker in str(row.get("Note_Title")):
                    yield found
            if not (answer.get("info") or {}).get("more_records"):
                return

    async def _open_deal(self, contact: str) -> str | None:
        """The first whose stage is none of those that end one, which Zoho's defaults begin with "Closed"."""
        deals = _rows(await self._get(f"{contact}/Deals", fields="Stage"))
        ids = (_id(deal) for deal in deals if not str(deal.get("Stage")).casefold().startswith("closed"))
        return next((f"Deals/{deal}" for deal in ids if deal), None)

    async def _read(self, path: str, **params: str) -> dict[str, Any]:
        """What is at `path`; nothing where the record is gone."""
        try:
            return await self._get(path, **params)
        except CrmObjectMissing:
            return {}

    async def _get(self, path: str, **params: str) -> dict[str, Any]:
        rest = await self._rest()
        try:
            found = await rest.get(path, **params)
        except CrmRefused:
            self._tokens.forget()
            raise
        return found if isinstance(found, dict) else {}

    async def _send(self, method: Any, path: str, body: object, *, repeatable: bool = True) -> Any:
        rest = await self._rest()
        try:
            return await rest.send(method, path, body, repeatable=repeatable)
        except CrmRefused:
            self._tokens.forget()
            raise

    async def _rest(self) -> Rest:
        return await self._tokens.rest(self._door, self._secret)


def _accepted(answer: Any, what: str) -> dict[str, Any]:
    """The first row of an answer; CrmRefused where Zoho says, with a status of success, that it did not do it."""
    row = next(iter(_rows(answer)), {})
    if row.get("status") != "success":
        raise CrmRefused(f"Zoho refused {what}: {str(row.get('code') or 'it did not say why')[:60]}")
    return row


def _parent(record: str) -> dict[str, Any]:
    module, _, found = record.partition("/")
    return {"module": {"api_name": module}, "id": found}


def _id(found: object) -> str | None:
    return number(found.get("id")) if isinstance(found, dict) else None


def _rows(answer: Any) -> list[dict[str, Any]]:
    rows = answer.get("data") if isinstance(answer, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


ZOHO = ClientKind(ZOHO_WRITE, ZohoClient)
