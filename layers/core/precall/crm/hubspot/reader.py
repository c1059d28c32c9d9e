"""Reading back from HubSpot: the contact, its company and owner, the open deal, the next call (CRM API v3).

Source: https://developers.hubspot.com/docs/api/crm/contacts, …/meetings, …/tasks (batch read), …/owners.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from precall.crm.changes import ToldCall
from precall.crm.errors import CrmObjectMissing
from precall.crm.hubspot.around import MOST, associated, deal_stage, next_call, properties_of
from precall.crm.hubspot.changes import NEXT
from precall.crm.hubspot.client import ORIGIN
from precall.crm.prospects import full_name
from precall.crm.reader import Known, ReaderKind, Sight
from precall.crm.rest import Connection, Rest
from precall.crm.values import number, text, words
from precall.errors import CrmRefused
from precall.fetch import Door
from precall.ids import derived_id
from precall.model import Lead
from precall.names import site_domain
from precall.secrets import HUBSPOT_TOKEN

_CONTACT = (
    "firstname,lastname,email,jobtitle,company,website,industry,country,"
    "hubspot_owner_id,associatedcompanyid,hs_analytics_source,notes_next_activity_date,lifecyclestage"
)
_COMPANY = "name,domain,website,industry,country,numberofemployees"
_CUSTOMERS = ("customer", "evangelist")
"""Lifecycle stages of those who buy, as HubSpot names them inside."""

Properties = dict[str, Any]


class HubSpotReader:
    """See `precall.crm.reader.CrmReader`."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    async def known(self, lead: Lead, now: datetime) -> Known:
        """See `CrmReader.known`."""
        sight = Sight()
        found = await self._found(f"objects/contacts/{lead.crm_id}", sight)
        contact = properties_of(found)
        owner, stage = number(contact.get("hubspot_owner_id")), text(contact.get("lifecyclestage"))
        company, owner_email, deal, call = await asyncio.gather(
            sight.of(self._company(_company_id(found, contact)), {}),
            sight.of(self._owner_email(owner), None),
            deal_stage(self._rest, associated(found, "deals"), sight),
            next_call(self._rest, found, now, sight),
        )
        return Known(
            account=_account(contact, company),
            contact=_person(contact, lead.crm_id),
            owner=owner,
            owner_email=owner_email,
            source=words(contact.get("hs_analytics_source")),
            stage=deal or stage,
            customer=stage in _CUSTOMERS if stage else None,
            employees=int(number(company.get("numberofemployees")) or 0) or None,
            call=call,
            unseen=sight.unseen,
        )

    async def calls(self, activity: str, version: str, now: datetime) -> Sequence[ToldCall]:
        """See `CrmReader.calls`: `activity` is `portal/meetings/id` or `portal/tasks/id`. Of each contact that it is
        with, the next call that there is now."""
        portal, folder, record = activity.split("/")
        try:
            found = await self._rest.record(f"objects/{folder}/{record}", associations="contacts")
        except CrmObjectMissing:
            return ()  # it was deleted: the contact's own next activity tells
        told = (self._call_of(portal, contact, version, now) for contact in associated(found, "contacts")[:MOST])
        return [one for one in await asyncio.gather(*told) if one]

    async def _call_of(self, portal: str, contact: str, version: str, now: datetime) -> ToldCall | None:
        """None where there is none that the token may see, while there is something that it may not."""
        sight = Sight()
        found = await sight.of(self._found(f"objects/contacts/{contact}", sight), {})
        call = await next_call(self._rest, found, now, sight)
        if call is None and (sight.unseen or not found):
            return None
        return ToldCall(NEXT, version, now, derived_id("hubspot", portal, contact), call.at if call else None)

    async def _found(self, path: str, sight: Sight) -> Properties:
        """The contact with what it is associated with: as much of that as the token may see."""
        try:
            return await self._rest.record(path, properties=_CONTACT, associations="companies,deals,meetings,tasks")
        except CrmObjectMissing:
            raise
        except CrmRefused as error:
            found = await self._rest.record(path, properties=_CONTACT, associations="companies")
            sight.note(error)
            return found

    async def _company(self, company_id: str | None) -> Properties:
        """The company's properties and its id; empty where there is none."""
        if not company_id:
            return {}
        found = await self._rest.record(f"objects/companies/{company_id}", properties=_COMPANY)
        return {**properties_of(found), "id": company_id}

    async def _owner_email(self, owner_id: str | None) -> str | None:
        return (await self._rest.record(f"owners/{owner_id}")).get("email") if owner_id else None


def _account(contact: Properties, company: Properties) -> Properties:
    return {
        "name": company.get("name") or contact.get("company"),
        "domain": _domain(company) or _domain(contact),
        "industry": words(company.get("industry") or contact.get("industry")),
        "country": company.get("country") or contact.get("country"),
        "crm_id": company.get("id"),
    }


def _person(contact: Properties, contact_id: str | None) -> Properties:
    return {
        "name": full_name(contact.get("firstname"), contact.get("lastname")),
        "email": contact.get("email"),
        "title": contact.get("jobtitle"),
        "crm_id": contact_id,
    }


def _company_id(found: Properties, contact: Properties) -> str | None:
    """The primary company, else the first that is associated."""
    return number(contact.get("associatedcompanyid")) or next(iter(associated(found, "companies")), None)


def _domain(properties: Properties) -> str | None:
    known = (site_domain(text(properties.get(name)) or "") for name in ("domain", "website"))
    return next((domain for domain in known if domain), None)


def _make(door: Door, secret: tuple[str, ...]) -> HubSpotReader:
    headers = {"authorization": f"Bearer {secret[0]}"}
    return HubSpotReader(Rest(door, Connection("HubSpot", ORIGIN, headers, HUBSPOT_TOKEN)))


HUBSPOT = ReaderKind(HUBSPOT_TOKEN, _make)
