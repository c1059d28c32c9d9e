"""The made-up companies as HubSpot keeps them: properties are text, dates ISO 8601."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from replay.items import iso
from replay.world.model import Company, Contact, Owner

Properties = dict[str, str | None]
_SINCE = timedelta(days=200)


def contact_properties(contact: Contact, company: Company, as_of: datetime) -> Properties:
    """Every property of a contact, also those that only come when asked for."""
    return {
        "hs_object_id": contact.id,
        "createdate": iso(as_of - _SINCE),
        "lastmodifieddate": iso(as_of),
        "email": contact.email,
        "firstname": contact.first,
        "lastname": contact.last,
        "jobtitle": contact.title,
        "phone": contact.phone or None,
        "company": company.name,
        "website": company.domain,
        "city": company.city,
        "associatedcompanyid": company.hubspot_id,
        "lifecyclestage": "lead",
        "hs_lead_status": "NEW",
        "hubspot_owner_id": company.owner_id,
    }


def company_properties(company: Company, as_of: datetime) -> Properties:
    """Every property of a company."""
    return {
        "hs_object_id": company.hubspot_id,
        "createdate": iso(as_of - _SINCE),
        "hs_lastmodifieddate": iso(as_of),
        "name": company.name,
        "domain": company.domain,
        "website": company.site,
        "description": company.description.strip(),
        "industry": company.industry,
        "city": company.city,
        "founded_year": str(company.founded),
        "numberofemployees": str(company.employees),
        "phone": None,
        "hubspot_owner_id": company.owner_id,
    }


def owner_record(owner: Owner, as_of: datetime) -> dict[str, Any]:
    """A sales rep."""
    return {
        "id": owner.id,
        "email": owner.email,
        "type": "PERSON",
        "firstName": owner.first,
        "lastName": owner.last,
        "userId": owner.user_id,
        "userIdIncludingInactive": owner.user_id,
        "createdAt": iso(as_of - _SINCE),
        "updatedAt": iso(as_of),
        "archived": False,
    }
