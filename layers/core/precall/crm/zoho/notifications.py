"""Zoho's notifications: ids of one module's records, with the values of fields where the channel asks for them.

Source: https://www.zoho.com/crm/developer/docs/api/v6/notifications/overview.html
"""

from __future__ import annotations

from typing import Any

from precall.crm.errors import MalformedBody
from precall.crm.port import MAX_ITEMS, WebhookRequest
from precall.crm.prospects import full_name, prospect_of
from precall.crm.values import number, text
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Lead

MODULES = ("Leads", "Contacts")
"""Whose new records make leads."""


def token_of(body: Any) -> str | None:
    """The token that the channel was opened with, as sent."""
    found = body.get("token") if isinstance(body, dict) else None
    return found if isinstance(found, str) else None


def items_of(body: Any) -> list[Any]:
    """The ids in a notification; MalformedBody unless they are a list of at most 100."""
    ids = body.get("ids") if isinstance(body, dict) else None
    if not isinstance(ids, list):
        raise MalformedBody("ids: is missing or not a list")
    if len(ids) > MAX_ITEMS:
        raise MalformedBody(f"ids: {len(ids)} in one notification; Zoho sends at most {MAX_ITEMS}")
    return ids


def lead_of(body: dict[str, Any], item: Any, request: WebhookRequest) -> Lead | None:
    """The lead of an inserted record; None for any other operation or module, InvalidLead for what is no id."""
    module = body.get("module")
    if body.get("operation") != "insert" or module not in MODULES:
        return None
    record = number(item)
    if not record:
        raise InvalidLead("ids: is not the id of a record, which is a number")
    values, portal = values_of(body, record), text(body.get("channel_id"))
    return Lead(
        id=derived_id("zoho", record),
        crm="zoho",
        crm_id=f"{module}/{record}",
        portal=portal,
        acquired_at=request.received_at,
        correlation_id=request.correlation_id,
        prospect=prospect_of(*company_and_person(values, record)),
        owner=id_of(values.get("Owner")),
        source=text(values.get("Lead_Source")),
        stage=text(values.get("Lead_Status")),
    )


def company_and_person(values: dict[str, Any], record: str) -> tuple[dict[str, object], dict[str, object]]:
    """Whom a Lead or Contact is about, by the model's names."""
    account = values.get("Account_Name")
    company = {
        "name": values.get("Company") or (account.get("name") if isinstance(account, dict) else account),
        "domain": values.get("Website"),
        "industry": values.get("Industry"),
        "country": values.get("Country") or values.get("Mailing_Country"),
        "crm_id": id_of(account),
    }
    name = full_name(values.get("First_Name"), values.get("Last_Name"))
    title = values.get("Designation") or values.get("Title")
    return company, {"name": name, "email": values.get("Email"), "title": title, "crm_id": record}


def values_of(body: dict[str, Any], record: str) -> dict[str, Any]:
    """The record's fields, where the channel was opened with `return_affected_field_values`."""
    listed = body.get("affected_values")
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, dict) and text(one.get("record_id")) == record and isinstance(one.get("values"), dict):
            return dict(one["values"])
    return {}


def id_of(found: object) -> str | None:
    """The id of a record that another one names; None where it names none."""
    return number(found.get("id")) if isinstance(found, dict) else None
