"""Writing back to Salesforce: one completed Task on Lead or Contact, with Account or open Opportunity, and fields.

Source: REST API Developer Guide (sObject Rows, Query), OAuth 2.0 client credentials flow. The client is named
`precall`, which change events repeat: see `precall.crm.marker`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from precall.crm.client import ClientKind, Fields, Note, Records
from precall.crm.errors import CrmObjectMissing
from precall.crm.marker import MARKER
from precall.crm.rest import Connection, Rest
from precall.errors import CrmRefused, CrmUnavailable, InvalidConfiguration
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import SALESFORCE_WRITE

VERSION = "services/data/v62.0"
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
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")


class SalesforceClient:
    """See `precall.crm.client.CrmClient`. It gets its token at its first request."""

    def __init__(self, door: Door, origin: str, client: tuple[str, str]) -> None:
        self._door, self._origin, self._client = door, origin, client
        self._known: Rest | None = None

    async def records(self, lead: Lead) -> Records:
        """See `CrmClient.records`: a Lead is alone; a Contact has an Account and its newest open Opportunity."""
        kind, _, record = (lead.crm_id or "").partition("/")
        if kind not in _OBJECTS["contact"] or not _ID.fullmatch(record):
            raise CrmRefused(f"lead {lead.id} has no Lead or Contact of Salesforce to write to")
        if kind == "Lead":
            return Records(contact=record)
        rest = await self._rest()
        company = _id((await rest.get(f"sobjects/Contact/{record}", fields="AccountId")).get("AccountId"))
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
            "OwnerId": _id(note.owner),
        }
        said = {name: value for name, value in task.items() if value}
        answer = await (await self._rest()).send("POST", "sobjects/Task", said, repeatable=False)
        written = _id(answer.get("id"))
        if written is None:
            raise CrmUnavailable("Salesforce took a task and did not say its id")
        return written

    async def set_fields(self, records: Records, fields: Fields) -> None:
        """See `CrmClient.set_fields`."""
        values = (fields.ready_at.isoformat(timespec="seconds"), fields.link, fields.signal)
        await self._patch(records, dict(zip(_FIELDS, values, strict=True)))

    async def delete_note(self, records: Records, note_id: str, marker: str) -> None:
        """See `CrmClient.delete_note`: Salesforce keeps it in its recycle bin, for 15 days."""
        await (await self._rest()).delete(f"sobjects/Task/{note_id}")

    async def clear_fields(self, records: Records) -> None:
        """See `CrmClient.clear_fields`."""
        for one in records.each():
            with suppress(CrmObjectMissing):
                await self._patch(one, dict.fromkeys(_FIELDS))

    async def _patch(self, records: Records, body: Mapping[str, str | None]) -> None:
        rest = await self._rest()
        try:
            for record in filter(None, vars(records).values()):
                await rest.send("PATCH", f"sobjects/{_PREFIX.get(record[:3], 'Contact')}/{record}", body)
        except CrmObjectMissing:
            raise
        except CrmRefused as error:
            raise CrmRefused(f"{error}; do the fields {', '.join(body)} exist in Salesforce?") from error

    async def _first(self, query: str) -> str | None:
        found = (await (await self._rest()).get("query", q=query)).get("records") or []
        return next((one for one in (_id(row.get("Id")) for row in found) if one), None)

    async def _rest(self) -> Rest:
        if self._known is None:
            headers = {"authorization": f"Bearer {await self._token()}", "sforce-call-options": f"client={MARKER}"}
            connection = Connection("Salesforce", f"{self._origin}/{VERSION}", headers, SALESFORCE_WRITE)
            self._known = Rest(self._door, connection)
        return self._known

    async def _token(self) -> str:
        """By the client credentials flow, whose user is the one that the connected app runs as."""
        form = {"grant_type": "client_credentials", "client_id": self._client[0], "client_secret": self._client[1]}
        asked = Rest(self._door, Connection("Salesforce", self._origin, {}, SALESFORCE_WRITE))
        token = str((await asked.form("services/oauth2/token", form)).get("access_token") or "")
        if not (token.isascii() and token.isprintable() and token):
            raise CrmUnavailable("Salesforce gave no access token")
        return token


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def _make(door: Door, secret: tuple[str, ...]) -> SalesforceClient:
    if len(secret) != 3 or not secret[0].startswith("https://"):
        raise InvalidConfiguration(
            f"the secret {SALESFORCE_WRITE} is not https://your-domain.my.salesforce.com, client id and client secret"
        )
    return SalesforceClient(door, secret[0].rstrip("/"), (secret[1], secret[2]))


SALESFORCE = ClientKind(SALESFORCE_WRITE, _make)
