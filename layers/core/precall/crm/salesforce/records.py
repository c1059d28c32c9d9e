"""From the fields of a Salesforce Lead or Contact to a lead: as far as they were sent along."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from precall.crm.port import WebhookRequest
from precall.crm.prospects import full_name, prospect_of
from precall.crm.values import text
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Lead

OBJECTS = ("Lead", "Contact")
"""The objects that make leads."""
_ID = re.compile(r"[A-Za-z0-9_]{1,40}")


def lead_of(kind: str, fields: Mapping[str, Any], sender: str, request: WebhookRequest) -> Lead | None:
    """The lead of a Lead or Contact; None for another object, InvalidLead when it has no id.

    It is made of the organisation's and the object's id: a message that comes again is the same lead.
    """
    if kind not in OBJECTS:
        return None
    record = text(fields.get("Id")) or ""
    if not _ID.fullmatch(record):
        raise InvalidLead("Id: is missing; add it to the fields of the outbound message")
    portal = organisation(sender)
    return Lead(
        id=lead_id_of(sender, record),
        crm="salesforce",
        crm_id=f"{kind}/{record}",
        portal=portal,
        acquired_at=request.received_at,
        correlation_id=request.correlation_id,
        prospect=prospect_of(company_of(fields), person_of(fields, record)),
        owner=text(fields.get("OwnerId")),
        source=text(fields.get("LeadSource")),
        stage=text(fields.get("Status")),
    )


def lead_id_of(sender: str, record: str) -> str:
    """The lead that a Lead or Contact of an organisation is, or would be."""
    return derived_id("salesforce", organisation(sender), short_id(record))


def short_id(record: str) -> str:
    """The 15 characters of an id that tell it apart; the last three of 18 only repeat its capitals."""
    return record[:15] if len(record) == 18 else record


def organisation(sender: str) -> str:
    """An organisation's id in its 15 characters, in whichever form it was given."""
    return short_id(sender.strip())


def company_of(fields: Mapping[str, Any]) -> dict[str, object]:
    """The company that a Lead or Contact names, by the model's names."""
    return {
        "name": fields.get("Company"),
        "domain": fields.get("Website"),
        "industry": fields.get("Industry"),
        "country": fields.get("Country") or fields.get("MailingCountry"),
        "crm_id": fields.get("AccountId"),
    }


def person_of(fields: Mapping[str, Any], record: str) -> dict[str, object]:
    """The person that a Lead or Contact is, by the model's names."""
    name = full_name(fields.get("FirstName"), fields.get("LastName")) or text(fields.get("Name"))
    return {"name": name, "email": fields.get("Email"), "title": fields.get("Title"), "crm_id": record}
