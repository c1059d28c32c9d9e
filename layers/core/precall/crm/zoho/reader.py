"""Reading back from Zoho: Lead or Contact with its owner, Account, open Deal, the next Event or Call (API v6).

Source: https://www.zoho.com/crm/developer/docs/api/v6/get-records.html, …/get-related-records.html.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from precall.crm.changes import ToldCall
from precall.crm.errors import CrmObjectMissing
from precall.crm.reader import Known, PlannedCall, ReaderKind, Sight, next_of
from precall.crm.values import number, text
from precall.crm.zoho.notifications import MODULES, company_and_person, id_of
from precall.crm.zoho.oauth import Tokens
from precall.crm.zoho.told import PLANNED, call_of, planned_at
from precall.errors import CrmRefused
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import ZOHO_READ

_PERSON = (
    "First_Name,Last_Name,Email,Designation,Title,Company,Website,Industry,Country,Mailing_Country,No_of_Employees,"
    "Account_Name,Owner,Lead_Source,Lead_Status"
)
_ACCOUNT = "Account_Name,Account_Type,Website,Industry,Billing_Country,Employees"
_TOKENS = Tokens()

Record = dict[str, Any]


class ZohoReader:
    """See `precall.crm.reader.CrmReader`."""

    def __init__(self, door: Door, secret: tuple[str, ...], tokens: Tokens = _TOKENS) -> None:
        self._door, self._secret, self._tokens = door, secret, tokens

    async def known(self, lead: Lead, now: datetime) -> Known:
        """See `CrmReader.known`."""
        module, _, record = (lead.crm_id or "").partition("/")
        if module not in MODULES or number(record) != record:
            raise CrmObjectMissing(f"lead {lead.id} has no Lead or Contact of Zoho to read")
        sight, path = Sight(), f"{module}/{record}"
        person = await self._record(path, fields=_PERSON)  # first: it brings the token that the others use
        account, stage, *calls = await asyncio.gather(
            sight.of(self._account(id_of(person.get("Account_Name"))), {}),
            sight.of(self._stage(path), None),
            *(sight.of(self._planned(path, planned), []) for planned in PLANNED),
        )
        company, contact = company_and_person(person, record)
        owner = person.get("Owner")
        return Known(
            account=_company(company, account),
            contact=contact,
            owner=id_of(owner),
            owner_email=text(owner.get("email")) if isinstance(owner, dict) else None,
            source=text(person.get("Lead_Source")),
            stage=stage or text(person.get("Lead_Status")),
            customer=True if account.get("Account_Type") == "Customer" else None,
            employees=int(number(account.get("Employees") or person.get("No_of_Employees")) or 0) or None,
            call=next_of((one for found in calls for one in found), now),
            unseen=sight.unseen,
        )

    async def calls(self, activity: str, version: str, now: datetime) -> Sequence[ToldCall]:
        """See `CrmReader.calls`: `activity` is `Events/id` or `Calls/id`."""
        module, _, record = activity.partition("/")
        try:
            told = call_of(record, module, await self._record(activity), version, now)
        except CrmObjectMissing:
            return ()  # of what was deleted Zoho tells nothing more
        return (told,) if told and told.lead_id else ()

    async def _account(self, account: str | None) -> Record:
        return await self._record(f"Accounts/{account}", fields=_ACCOUNT) if account else {}

    async def _stage(self, path: str) -> str | None:
        """That of the first Deal whose stage is none of those that end one, which Zoho's defaults begin with
        "Closed"; Leads have none."""
        if not path.startswith("Contacts/"):
            return None
        stages = (text(deal.get("Stage")) for deal in _rows(await self._get(f"{path}/Deals", fields="Stage")))
        return next((stage for stage in stages if stage and not stage.casefold().startswith("closed")), None)

    async def _planned(self, path: str, module: str) -> list[PlannedCall]:
        rows = _rows(await self._get(f"{path}/{module}", fields=",".join(PLANNED[module])))
        found = ((number(row.get("id")), planned_at(module, row)) for row in rows)
        return [PlannedCall(f"{module}/{record}", at) for record, at in found if record and at]

    async def _record(self, path: str, **params: str) -> Record:
        rows = _rows(await self._get(path, **params))
        if not rows:
            raise CrmObjectMissing(f"Zoho has no {path} (any more): it was deleted or converted")
        return rows[0]

    async def _get(self, path: str, **params: str) -> Any:
        rest = await self._tokens.rest(self._door, self._secret, ZOHO_READ)
        try:
            return await rest.get(path, **params)
        except CrmObjectMissing:
            raise
        except CrmRefused:
            self._tokens.forget()
            raise


def _company(said: dict[str, object], account: Record) -> dict[str, object]:
    """The Account of a Contact, else what a Lead says itself."""
    names = {"name": "Account_Name", "domain": "Website", "industry": "Industry", "country": "Billing_Country"}
    return {**said, **{ours: account.get(theirs) or said[ours] for ours, theirs in names.items()}}


def _rows(answer: Any) -> list[Record]:
    rows = answer.get("data") if isinstance(answer, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


ZOHO = ReaderKind(
    ZOHO_READ,
    ZohoReader,
    without="Zoho told neither a company nor a person: open the channel with return_affected_field_values",
)
