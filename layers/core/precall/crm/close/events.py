"""Close's events: `{"event": {...}, "subscription_id": ...}`. A created lead makes a lead; others are skipped."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.port import WebhookRequest
from precall.crm.prospects import prospect_of
from precall.crm.reading import complaints
from precall.crm.values import text
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Lead

_Id = Annotated[str, Field(min_length=1, max_length=100)]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    object_type: Annotated[str, Field(max_length=100)]
    action: Annotated[str, Field(max_length=100)]


class _Created(_Event):
    object_id: _Id
    organization_id: str | None = None
    data: dict[str, Any] = Field(default_factory=dict)


class _Delivery(BaseModel):
    event: dict[str, Any]


def lead_of(item: Any, request: WebhookRequest) -> Lead | None:
    """The lead of a created lead; None for any other event, InvalidLead naming the wrong fields."""
    try:
        sent = _Delivery.model_validate(item).event
        event = _Event.model_validate(sent)
        if (event.object_type, event.action) != ("lead", "created"):
            return None
        created = _Created.model_validate(sent)
    except ValidationError as error:
        raise InvalidLead(complaints(error)) from None
    contact = _first(created.data.get("contacts"))
    company = {
        "name": created.data.get("name") or created.data.get("display_name"),
        "domain": created.data.get("url"),
        "crm_id": created.object_id,
    }
    person = {
        "name": contact.get("name"),
        "email": _first(contact.get("emails")).get("email"),
        "title": contact.get("title"),
        "crm_id": contact.get("id"),
    }
    return Lead(
        id=derived_id("close", created.object_id),
        crm="close",
        crm_id=created.object_id,
        portal=created.organization_id,
        acquired_at=request.received_at,
        correlation_id=request.correlation_id,
        prospect=prospect_of(company, person),
        owner=text(created.data.get("lead_owner_id")),
        stage=text(created.data.get("status_label")),
    )


def _first(found: object) -> dict[str, Any]:
    return found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
