"""Writing back to Salesforce: one completed Task on Lead or Contact, with Account or open Opportunity, and fields.

Source: REST API Developer Guide (sObject Rows, Query).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from precall.crm.client import ClientKind, Fields, Note, Records
from precall.crm.errors import CrmObjectMissing
from precall.crm.salesforce.session import Session, id_of
from precall.errors import CrmRefused, CrmUnavailable
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import SALESFORCE_WRITE

MOST_LETTERS = 32_000
"""Of a task's description."""
_OBJECTS = {"contact": ("Contact", "Lead"), "company": ("Account",), "deal": ("Opportunity",)}
_FIELDS = ("Precall_Brief_Ready__c", "Precall_Brief_Link__c", "Precall_Top_Signal__c")
_PREFIX = {"003": "Contact", "00Q": "Lead", "001": "Account", "006": "Opportunity"}
"""How ids of these objects begin."""
_OPEN_DEALS = (
    "SELECT Id FROM Opportunity WHERE AccountId = '{}' AND IsClosed = false ORDER BY LastModifiedDate DESC LIMIT 1"
)
_OWN_TASK = "SELECT Id FROM Task WHERE WhoId = '{}' AND Subject LIKE '%{}' LIMIT 1"
"""What is filled in are ids and markers: letters and digits."""


class SalesforceClient:
    """See `precall.crm.client.CrmClient`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def records(self, lead: Lead) -> Records:
        """See `CrmClient.records`: a Lead is alone; a Contact has an Account and its newest open Opportunity."""
        kind, _, record = (lead.crm_id or "").partition("/")
        if kind not in _OBJECTS["contact"] or not id_of(record):
            raise CrmRefused(f"lead {lead.id} has no Lead or Contact of Salesforce to write to")
        if kind == "Lead":
            return Records(contact=record)
        rest = await self._session.rest()
        company = id_of((await rest.get(f"sobjects/Contact/{record}", fields="AccountId")).get("AccountId"))
        deal = await self._first(_OPEN_DEALS.format(company)) if company else None
        return Records(record, company, deal)

    async def find_note(self, records: Records, marker: str) -> str | None:
        """See `CrmClient.find_note`: by the subject, since a description cannot be searched."""
        return await self._first(_OWN_TASK.format(records.contact, marker))

    async def add_note(self, records: Records, note: Note) -> str:
        """See `CrmClient.add_note`."""
        task: dict[str, Any] = {
            "Subject": f"Precall brief {note.marker}",
            "Description": note.text.strip()[:MOST_LETTERS],
            "Status": "Completed",
            "ActivityDate": note.at.date().isoformat(),
            "WhoId": records.contact,
            "WhatId": records.deal or records.company,
            "OwnerId": id_of(note.owner),
        }
        said = {name: value for name, value in task.items() if value}
        answer = await (await self._session.rest()).send("POST", "sobjects/Task", said, repeatable=False)
        written = id_of(answer.get("id"))
        if written is None:
            raise CrmUnavailable("Salesforce took a task and did not say its id")
        return written

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """See `CrmClient.set_fields`."""
        values = (fields.ready_at.isoformat(timespec="seconds"), fields.link, fields.signal)
        await self._patch(records, dict(zip(_FIELDS, values, strict=True)))

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """See `CrmClient.delete_note`: Salesforce keeps it in its recycle bin, for 15 days."""
        await (await self._session.rest()).delete(f"sobjects/Task/{note_id}")

    async def clear_fields(self, records: Records) -> None:
        """See `CrmClient.clear_fields`."""
        for one in records.each():
            with suppress(CrmObjectMissing):
                await self._patch(one, dict.fromkeys(_FIELDS))

    async def _patch(self, records: Records, body: Mapping[str, str | None]) -> None:
        rest = await self._session.rest()
        try:
            for record in filter(None, vars(records).values()):
                await rest.send("PATCH", f"sobjects/{_PREFIX.get(record[:3], 'Contact')}/{record}", body)
        except CrmObjectMissing:
            raise
        except CrmRefused as error:
            raise CrmRefused(f"{error}; do the fields {', '.join(body)} exist in Salesforce?") from error

    async def _first(self, query: str) -> str | None:
        found = (await (await self._session.rest()).get("query", q=query)).get("records") or []
        return next((one for one in (id_of(row.get("Id")) for row in found) if one), None)


def _make(door: Door, secret: tuple[str, ...]) -> SalesforceClient:
    return SalesforceClient(Session(door, secret, SALESFORCE_WRITE))


SALESFORCE = ClientKind(SALESFORCE_WRITE, _make)
