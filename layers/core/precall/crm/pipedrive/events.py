"""Pipedrive's events, version 2. A created person makes a lead; so does a created lead, the same one as its person.

Source: https://pipedrive.readme.io/docs/guide-for-webhooks-v2
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.port import WebhookRequest
from precall.crm.prospects import full_name, prospect_of
from precall.crm.reading import complaints
from precall.crm.values import text
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Lead

_Id = Annotated[str, Field(min_length=1, max_length=100, coerce_numbers_to_str=True)]
_Short = Annotated[str, Field(max_length=100)]


class _Meta(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    action: _Short
    entity: _Short
    entity_id: _Id
    company_id: _Id
    change_source: _Short = ""

    @property
    def makes_a_lead(self) -> bool:
        """What came through the API is left out: Precall's own writes do."""
        return self.action == "create" and self.entity in ("person", "lead") and self.change_source != "api"


class _Delivery(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    meta: _Meta
    data: dict[str, Any] | None = None


def lead_of(item: Any, request: WebhookRequest) -> Lead | None:
    """The lead of a created person or lead; None for any other event, InvalidLead naming the wrong fields."""
    try:
        sent = _Delivery.model_validate(item)
    except ValidationError as error:
        raise InvalidLead(complaints(error)) from None
    if not sent.meta.makes_a_lead:
        return None
    data, portal = sent.data or {}, sent.meta.company_id
    kind, crm_id = _of_whom(sent.meta, data)
    return Lead(
        id=derived_id("pipedrive", portal, kind, crm_id),
        crm="pipedrive",
        crm_id=crm_id if kind == "person" else f"{kind}/{crm_id}",
        portal=portal,
        acquired_at=request.received_at,
        correlation_id=request.correlation_id,
        prospect=_prospect(data) if sent.meta.entity == "person" else None,
        owner=text(data.get("owner_id")),
    )


def _of_whom(meta: _Meta, data: dict[str, Any]) -> tuple[str, str]:
    """A lead is about its person, else its organization: whichever event is told first, it is one lead."""
    if meta.entity == "person":
        return "person", meta.entity_id
    for kind in ("person", "organization"):
        if found := text(data.get(f"{kind}_id")):
            return kind, found
    return "lead", meta.entity_id


def _prospect(data: dict[str, Any]) -> Any:
    name = text(data.get("name")) or full_name(data.get("first_name"), data.get("last_name"))
    company = {"name": data.get("org_name"), "crm_id": data.get("org_id")}
    person = {"name": name, "email": address_of(data), "title": data.get("job_title"), "crm_id": data.get("id")}
    return prospect_of(company, person)


def address_of(data: dict[str, Any]) -> object:
    """The primary e-mail address, else the first."""
    found = data.get("emails") or data.get("email")
    listed = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    primary = [one for one in listed if one.get("primary")]
    return next((one.get("value") for one in (*primary, *listed)), found)
