"""Reading back from Close: the lead with its contacts and opportunities, its owner, the next meeting or task to call.

Source: https://developer.close.com/api/resources/leads/, /users/, /activities/meetings/, /tasks/ (API v1).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from precall.crm.close.api import api, id_of, rows_of
from precall.crm.close.tasks import call_time, when
from precall.crm.errors import CrmObjectMissing
from precall.crm.reader import Known, PlannedCall, ReaderKind, Sight, TellsWhose, next_of
from precall.crm.rest import Rest
from precall.crm.values import text
from precall.fetch import Door
from precall.model import Lead
from precall.secrets import CLOSE_READ

_LEAD = "id,name,display_name,url,contacts,opportunities,addresses,status_label,lead_owner_id"
_MOST = "100"
"""Meetings and tasks that are looked at; the API gives those that begin last first."""

Record = dict[str, Any]


class CloseReader(TellsWhose):
    """See `precall.crm.reader.CrmReader`."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def known(self, lead: Lead, now: datetime) -> Known:
        """See `CrmReader.known`."""
        sight, lead_id = Sight(), id_of(lead.crm_id)
        if lead_id is None:
            raise CrmObjectMissing(f"lead {lead.id} has no lead of Close to read")
        found = await self._rest.record(f"lead/{lead_id}/", _fields=_LEAD)
        owner, deals = id_of(found.get("lead_owner_id")), rows_of(found, "opportunities")
        owner_email, meetings, tasks = await asyncio.gather(
            sight.of(self._owner_email(owner), None),
            sight.of(self._meetings(lead_id), []),
            sight.of(self._tasks(lead_id), []),
        )
        return Known(
            account=_account(found, lead_id),
            contact=_contact(rows_of(found, "contacts"), lead),
            owner=owner,
            owner_email=owner_email,
            stage=_stage(deals, "active") or text(found.get("status_label")),
            customer=True if _stage(deals, "won") else None,
            call=next_of((*meetings, *tasks), now),
            unseen=sight.unseen,
        )

    async def _owner_email(self, owner: str | None) -> str | None:
        return (await self._rest.record(f"user/{owner}/", _fields="email")).get("email") if owner else None

    async def _meetings(self, lead_id: str) -> Sequence[PlannedCall]:
        rows = await self._rest.get("activity/meeting/", lead_id=lead_id, _limit=_MOST, _fields="id,status,starts_at")
        upcoming = (row for row in rows_of(rows, "data") if row.get("status") == "upcoming")
        return [PlannedCall(f"meeting/{row.get('id')}", at) for row in upcoming if (at := when(row.get("starts_at")))]

    async def _tasks(self, lead_id: str) -> Sequence[PlannedCall]:
        rows = await self._rest.get("task/", lead_id=lead_id, _type="lead", is_complete="false", _limit=_MOST)
        return [PlannedCall(f"task/{row.get('id')}", at) for row in rows_of(rows, "data") if (at := call_time(row))]


def _account(found: Record, lead_id: str) -> Record:
    countries = (address.get("country") for address in rows_of(found, "addresses"))
    return {
        "name": found.get("name") or found.get("display_name"),
        "domain": found.get("url"),
        "country": next((country for country in countries if country), None),
        "crm_id": lead_id,
    }


def _contact(contacts: Sequence[Record], lead: Lead) -> Record:
    """The one that the webhook told, else the first."""
    told = lead.prospect.contact.crm_id if lead.prospect and lead.prospect.contact else None
    contact = next((one for one in contacts if told and one.get("id") == told), contacts[0] if contacts else {})
    emails = rows_of(contact, "emails")
    return {
        "name": contact.get("name"),
        "email": emails[0].get("email") if emails else None,
        "title": contact.get("title"),
        "crm_id": contact.get("id"),
    }


def _stage(deals: Sequence[Record], kind: str) -> str | None:
    """The status of the first opportunity of a kind, in the team's own words."""
    return next((text(deal.get("status_label")) or kind for deal in deals if deal.get("status_type") == kind), None)


def _make(door: Door, secret: tuple[str, ...]) -> CloseReader:
    return CloseReader(api(door, secret, CLOSE_READ))


CLOSE = ReaderKind(CLOSE_READ, _make, without="Close told neither a name nor a website nor a contact: add one")
