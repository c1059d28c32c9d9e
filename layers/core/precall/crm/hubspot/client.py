"""Writing back to HubSpot: one note on contact, company and open deal, and their fields (CRM API v3).

Source: https://developers.hubspot.com/docs/api/crm/notes; associations as HubSpot defines them.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from html import escape
from typing import Any

from precall.crm.client import FIELDS, ClientKind, Fields, Note, Records
from precall.crm.errors import CrmObjectMissing
from precall.crm.hubspot.around import MOST, associated
from precall.crm.rest import Connection, Rest
from precall.crm.values import number
from precall.errors import CrmRefused, CrmUnavailable
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import HUBSPOT_WRITE

ORIGIN = "https://api.hubapi.com/crm/v3"
MOST_LETTERS = 65_536
"""Of a note's body."""
_TO_NOTE = {"contact": 202, "company": 190, "deal": 214}
"""The associations of a note, as HubSpot numbers them."""
_FOLDER = {"contact": "contacts", "company": "companies", "deal": "deals"}


class HubSpotClient:
    """See `precall.crm.client.CrmClient`."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def records(self, lead: Lead) -> Records:
        """See `CrmClient.records`: the primary company, the first deal that is open."""
        contact = number(lead.crm_id)
        if contact is None:
            raise CrmRefused(f"lead {lead.id} has no contact of HubSpot to write to")
        found = await self._rest.get(
            f"objects/contacts/{contact}", properties="associatedcompanyid", associations="companies,deals"
        )
        primary = number(_at(found, "properties", "associatedcompanyid"))
        return Records(
            contact=contact,
            company=primary or next(iter(associated(found, "companies")), None),
            deal=await self._open_deal(associated(found, "deals")),
        )

    async def find_note(self, records: Records, marker: str) -> str | None:
        """See `CrmClient.find_note`. HubSpot's search knows a note some seconds after it was written."""
        filters = [
            {"propertyName": "hs_note_body", "operator": "CONTAINS_TOKEN", "value": marker},
            {"propertyName": "associations.contact", "operator": "EQ", "value": records.contact},
        ]
        asked = {"filterGroups": [{"filters": filters}], "properties": ["hs_timestamp"], "limit": 1}
        found = _at(await self._rest.send("POST", "objects/notes/search", asked), "results")
        ids = (number(_at(one, "id")) for one in found) if isinstance(found, list) else ()
        return next((one for one in ids if one), None)

    async def add_note(self, records: Records, note: Note) -> str:
        """See `CrmClient.add_note`."""
        properties = {"hs_timestamp": _moment(note), "hs_note_body": body_of(note)}
        if owner := number(note.owner):
            properties["hubspot_owner_id"] = owner
        asked = {"properties": properties, "associations": _associations(records)}
        written = number(_at(await self._rest.send("POST", "objects/notes", asked, repeatable=False), "id"))
        if written is None:
            raise CrmUnavailable("HubSpot took a note and did not say its id")
        return written

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """See `CrmClient.set_fields`."""
        ready = fields.ready_at.isoformat(timespec="seconds").replace("+00:00", "Z")
        await self._patch(records, dict(zip(FIELDS, (ready, fields.link, fields.signal), strict=True)))

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """See `CrmClient.delete_note`: HubSpot keeps it in its recycling bin, for 90 days."""
        await self._rest.delete(f"objects/notes/{note_id}")

    async def clear_fields(self, records: Records) -> None:
        """See `CrmClient.clear_fields`."""
        for one in records.each():
            with suppress(CrmObjectMissing):
                await self._patch(one, dict.fromkeys(FIELDS, ""))

    async def _patch(self, records: Records, properties: dict[str, str]) -> None:
        paths = [f"objects/{_FOLDER[kind]}/{found}" for kind, found in vars(records).items() if found]
        try:
            await asyncio.gather(*(self._rest.send("PATCH", path, {"properties": properties}) for path in paths))
        except CrmObjectMissing:
            raise
        except CrmRefused as error:
            raise CrmRefused(f"{error}; do the fields {', '.join(properties)} exist in HubSpot?") from error

    async def _open_deal(self, deals: list[str]) -> str | None:
        for deal in deals[:MOST]:
            try:
                found = await self._rest.get(f"objects/deals/{deal}", properties="hs_is_closed")
            except CrmObjectMissing:
                continue
            if str(_at(found, "properties", "hs_is_closed")).lower() != "true":
                return deal
        return None


def body_of(note: Note) -> str:
    """The note in HubSpot's HTML, its marker last; a longer one is cut before it."""
    tail = f"<br><br><small>{escape(note.marker)}</small>"
    lines, room = [], MOST_LETTERS - len(tail)
    for line in note.text.strip().splitlines():
        html = f"{escape(line)}<br>"
        room -= len(html)
        if room < 0:
            break
        lines.append(html)
    return "".join(lines) + tail


def _moment(note: Note) -> str:
    return note.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _associations(records: Records) -> list[dict[str, Any]]:
    return [
        {
            "to": {"id": found},
            "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": _TO_NOTE[kind]}],
        }
        for kind, found in vars(records).items()
        if found
    ]


def _at(found: Any, *path: str) -> Any:
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _make(door: Door, secret: tuple[str, ...]) -> HubSpotClient:
    headers = {"authorization": f"Bearer {secret[0]}"}
    return HubSpotClient(Rest(door, Connection("HubSpot", ORIGIN, headers, HUBSPOT_WRITE)))


HUBSPOT = ClientKind(HUBSPOT_WRITE, _make)
