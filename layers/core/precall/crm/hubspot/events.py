"""HubSpot's webhook events: an array of at most 100, unordered, delivered at least once, with ids only.

A created contact makes a lead. It is told as `contact.creation`, or as `object.creation` of object type 0-1; both
lead to the same lead id, made of portal and object: `eventId` is not unique and `attemptNumber` changes.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.errors import MalformedBody
from precall.crm.port import MAX_ITEMS, WebhookRequest
from precall.crm.reading import complaints
from precall.errors import InvalidLead
from precall.ids import derived_id
from precall.model import Lead

CONTACT = "0-1"
"""The object type id of contacts."""

_Id = Annotated[int, Field(ge=0, lt=2**63)]


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    subscriptionType: Annotated[str, Field(max_length=100)]  # noqa: N815 - HubSpot's name
    objectTypeId: Annotated[str, Field(max_length=100)] | None = None  # noqa: N815

    @property
    def makes_a_lead(self) -> bool:
        created_object = self.subscriptionType == "object.creation" and self.objectTypeId == CONTACT
        return created_object or self.subscriptionType == "contact.creation"


class _Created(_Event):
    portalId: _Id  # noqa: N815
    objectId: _Id  # noqa: N815


def items_of(body: Any) -> list[Any]:
    """The events of a delivery; MalformedBody unless it is an array of at most 100."""
    if not isinstance(body, list):
        raise MalformedBody("the body is not an array of events")
    if len(body) > MAX_ITEMS:
        raise MalformedBody(f"{len(body)} events in one request; HubSpot sends at most {MAX_ITEMS}")
    return body


def lead_of(item: Any, request: WebhookRequest) -> Lead | None:
    """The lead of a created contact; None for any other event, InvalidLead naming the wrong fields."""
    try:
        if not _Event.model_validate(item).makes_a_lead:
            return None
        created = _Created.model_validate(item)
    except ValidationError as error:
        raise InvalidLead(complaints(error)) from None
    portal, contact = str(created.portalId), str(created.objectId)
    return Lead(
        id=derived_id("hubspot", portal, contact),
        crm="hubspot",
        crm_id=contact,
        portal=portal,
        acquired_at=request.received_at,
        correlation_id=request.correlation_id,
    )
