"""Reading back from Salesforce: Lead or Contact, Account, owner, open Opportunity, the next Event or Task to call.

Records are asked for whole, since a field that the user may not see would have the whole request refused by its name.
Source: REST API Developer Guide (sObject Rows, Query, QueryAll); Object Reference (Event, Task).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from precall.crm.changes import ToldCall
from precall.crm.errors import CrmObjectMissing
from precall.crm.reader import Known, PlannedCall, ReaderKind, Sight, next_of
from precall.crm.salesforce.records import OBJECTS, company_of, lead_id_of, person_of, short_id
from precall.crm.salesforce.session import Session, id_of
from precall.crm.salesforce.told import planned_at
from precall.crm.values import number, text
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import SALESFORCE_READ

_STAGE = (
    "SELECT StageName FROM Opportunity WHERE AccountId = '{}' AND IsClosed = false "
    "ORDER BY LastModifiedDate DESC LIMIT 1"
)
_NEXT = {
    "Event": "SELECT Id, ActivityDateTime FROM Event WHERE WhoId = '{}' AND ActivityDateTime > {} "
    "ORDER BY ActivityDateTime LIMIT 1",
    "Task": "SELECT Id, TaskSubtype, IsReminderSet, ReminderDateTime FROM Task WHERE WhoId = '{}' AND IsClosed = false "
    "AND TaskSubtype = 'Call' AND IsReminderSet = true AND ReminderDateTime > {} ORDER BY ReminderDateTime LIMIT 1",
}
_ONE = {
    "Event": "SELECT WhoId, IsDeleted, ActivityDateTime FROM Event WHERE Id = '{}'",
    "Task": "SELECT WhoId, IsDeleted, Status, TaskSubtype, IsReminderSet, ReminderDateTime FROM Task WHERE Id = '{}'",
}
"""What is filled in are ids, of letters and digits, and times."""

Record = dict[str, Any]


class SalesforceReader:
    """See `precall.crm.reader.CrmReader`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def known(self, lead: Lead, now: datetime) -> Known:
        """See `CrmReader.known`."""
        kind, _, record = (lead.crm_id or "").partition("/")
        if kind not in OBJECTS or not id_of(record):
            raise CrmObjectMissing(f"lead {lead.id} has no Lead or Contact of Salesforce to read")
        sight, person = Sight(), await self._record(kind, record)
        account_id, owner = id_of(person.get("AccountId")), id_of(person.get("OwnerId"))
        account, owner_email, stage, *calls = await asyncio.gather(
            sight.of(self._account(account_id), {}),
            sight.of(self._owner_email(owner), None),
            sight.of(self._stage(account_id), None),
            *(sight.of(self._next(one, record, lead.portal, now), None) for one in _NEXT),
        )
        return Known(
            account=_company(person, account),
            contact=person_of(person, record),
            owner=owner,
            owner_email=owner_email,
            source=text(person.get("LeadSource")),
            stage=stage or text(person.get("Status")),
            customer=True if str(account.get("Type")).casefold().startswith("customer") else None,
            employees=_employees(account) or _employees(person),
            call=next_of(calls, now),
            unseen=sight.unseen,
        )

    async def calls(self, activity: str, version: str, now: datetime) -> Sequence[ToldCall]:
        """See `CrmReader.calls`: `activity` is `organisation/Event/id` or `…/Task/id`, also a deleted one."""
        sender, kind, record = activity.split("/")
        found = await self._queried(_ONE[kind].format(id_of(record)), "queryAll")
        who = id_of(found[0].get("WhoId")) if found else None
        if who is None or not who.startswith(("00Q", "003")):
            return ()
        gone = found[0].get("IsDeleted") is True
        at = None if gone else planned_at(kind, found[0])
        about = ToldCall(activity, version, now, lead_id_of(sender, who), at, told_once=True)
        return (about,) if gone or at else ()

    async def _account(self, account: str | None) -> Record:
        return await self._record("Account", account) if account else {}

    async def _owner_email(self, owner: str | None) -> str | None:
        """A queue owns leads too, and has no address."""
        if owner is None or not owner.startswith("005"):
            return None
        found = await (await self._session.rest()).record(f"sobjects/User/{owner}", fields="Email")
        return text(found.get("Email"))

    async def _stage(self, account: str | None) -> str | None:
        deals = await self._queried(_STAGE.format(account)) if account else []
        return text(deals[0].get("StageName")) if deals else None

    async def _next(self, kind: str, who: str, portal: str | None, now: datetime) -> PlannedCall | None:
        found = await self._queried(_NEXT[kind].format(who, f"{now:%Y-%m-%dT%H:%M:%SZ}"))
        at, record = (planned_at(kind, found[0]), id_of(found[0].get("Id"))) if found else (None, None)
        return PlannedCall(f"{portal}/{kind}/{short_id(record)}", at) if at and record else None

    async def _record(self, kind: str, record: str) -> Record:
        return await (await self._session.rest()).record(f"sobjects/{kind}/{record}")

    async def _queried(self, query: str, how: str = "query") -> list[Record]:
        rows = (await (await self._session.rest()).record(how, q=query)).get("records")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _company(person: Record, account: Record) -> dict[str, object]:
    """The Account of a Contact, else what a Lead says itself."""
    said = {**company_of(person), "name": person.get("Company") or account.get("Name")}
    for ours, theirs in {"domain": "Website", "industry": "Industry"}.items():
        said[ours] = account.get(theirs) or said[ours]
    return {**said, "country": account.get("BillingCountry") or said["country"]}


def _employees(record: Record) -> int | None:
    return int(number(record.get("NumberOfEmployees")) or 0) or None


def _make(door: Door, secret: tuple[str, ...]) -> SalesforceReader:
    return SalesforceReader(Session(door, secret, SALESFORCE_READ))


SALESFORCE = ReaderKind(
    SALESFORCE_READ,
    _make,
    without="Salesforce told neither a company nor a person: add Company, Email and LastName to the message's fields",
)
