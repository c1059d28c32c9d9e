"""Reading a lead back from HubSpot: the contact, the company that it is associated with, and its owner."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from precall.crm.errors import CrmObjectMissing
from precall.crm.hubspot.api import HubSpotApi
from precall.crm.hubspot.around import associated, deal_stage, next_meeting
from precall.crm.values import email, moment, number, text, words
from precall.errors import CrmRefused, InvalidLead
from precall.fetch import Door
from precall.model import Lead, Prospect
from precall.names import site_domain

_CONTACT = (
    "firstname,lastname,email,jobtitle,company,website,industry,country,"
    "hubspot_owner_id,associatedcompanyid,hs_analytics_source,notes_next_activity_date,lifecyclestage"
)
_CUSTOMERS = ("customer", "evangelist")
"""Lifecycle stages of those who buy, as HubSpot names them inside."""
_COMPANY = "name,domain,website,industry,country"

Properties = dict[str, Any]


async def read_back(lead: Lead, door: Door, token: str) -> Lead:
    """`lead` with prospect, owner, source, stage (of the open deal, else of the contact) and call time (the next
    planned activity, else the next meeting), as HubSpot knows them now.

    CrmUnavailable, CrmRefused, CrmObjectMissing (the contact is gone); InvalidLead when neither a company nor a person
    can be told.
    """
    api = HubSpotApi(door, token)
    found = await _found(api, f"objects/contacts/{lead.crm_id}")
    contact = _properties(found)
    owner = number(contact.get("hubspot_owner_id"))
    stage = text(contact.get("lifecyclestage"))
    company, owner_email, deal, call_at = await asyncio.gather(
        _company(api, _company_id(found, contact)),
        _owner_email(api, owner),
        deal_stage(api, associated(found, "deals")),
        _call_at(api, found, contact, lead.acquired_at),
    )
    return lead.model_copy(
        update={
            "prospect": _prospect(lead, contact, company),
            "owner": owner,
            "owner_email": owner_email,
            "source": words(contact.get("hs_analytics_source")),
            "call_at": call_at,
            "stage": deal or stage,
            "customer": stage in _CUSTOMERS if stage else None,
        }
    )


async def _found(api: HubSpotApi, path: str) -> Properties:
    """The contact with what it is associated with: as much of that as the token may see."""
    try:
        return await api.get(path, properties=_CONTACT, associations="companies,deals,meetings")
    except CrmObjectMissing:
        raise
    except CrmRefused:
        return await api.get(path, properties=_CONTACT, associations="companies")


async def _call_at(api: HubSpotApi, found: Properties, contact: Properties, now: datetime) -> datetime | None:
    """HubSpot works out the next activity a while after a meeting was booked: until then the meeting itself tells."""
    planned = moment(contact.get("notes_next_activity_date"))
    return planned or await next_meeting(api, associated(found, "meetings"), now)


def _prospect(lead: Lead, contact: Properties, company: Properties) -> Prospect:
    account = {
        "name": text(company.get("name")) or text(contact.get("company")),
        "domain": _domain(company) or _domain(contact),
        "industry": words(company.get("industry") or contact.get("industry")),
        "country": text(company.get("country")) or text(contact.get("country")),
        "crm_id": company.get("id"),
    }
    person = {
        "name": text(" ".join(text(contact.get(part)) or "" for part in ("firstname", "lastname"))),
        "email": email(contact.get("email")),
        "title": text(contact.get("jobtitle")),
        "crm_id": lead.crm_id,
    }
    try:
        return Prospect.model_validate({"account": account, "contact": person})
    except ValidationError:
        raise InvalidLead(
            "the contact has no company, no name and no e-mail address in HubSpot; associate a company with it"
        ) from None


async def _company(api: HubSpotApi, company_id: str | None) -> Properties:
    """The company's properties and its id; empty where there is none, or it is gone."""
    if not company_id:
        return {}
    try:
        found = await api.get(f"objects/companies/{company_id}", properties=_COMPANY)
    except CrmObjectMissing:
        return {}
    return {**_properties(found), "id": company_id}


async def _owner_email(api: HubSpotApi, owner_id: str | None) -> str | None:
    """The owner's address; None when it is not to be had, since the id alone may name the rep."""
    if not owner_id:
        return None
    try:
        return email((await api.get(f"owners/{owner_id}")).get("email"))
    except CrmRefused:
        return None


def _properties(found: Properties) -> Properties:
    properties = found.get("properties")
    return properties if isinstance(properties, dict) else {}


def _company_id(found: Properties, contact: Properties) -> str | None:
    """The primary company, else the first that is associated."""
    return number(contact.get("associatedcompanyid")) or next(iter(associated(found, "companies")), None)


def _domain(properties: Properties) -> str | None:
    known = (site_domain(text(properties.get(name)) or "") for name in ("domain", "website"))
    return next((domain for domain in known if domain), None)
