"""A property of a contact that changed, as HubSpot tells it: of the object, the new value alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.hubspot.events import CONTACT
from precall.ids import derived_id

_KINDS = ("contact.propertyChange", "object.propertyChange")


class Changed(BaseModel):
    """One of a delivery's events."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    subscriptionType: Literal["contact.propertyChange", "object.propertyChange"]  # noqa: N815 - HubSpot's names
    objectTypeId: str = CONTACT  # noqa: N815
    portalId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    objectId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    propertyName: str  # noqa: N815
    propertyValue: str  # noqa: N815
    occurredAt: Annotated[int, Field(ge=0, lt=10**14)]  # noqa: N815

    @property
    def lead_id(self) -> str:
        """The lead that the contact is, or would be."""
        return derived_id("hubspot", str(self.portalId), str(self.objectId))

    @property
    def at(self) -> datetime:
        """When it changed."""
        return datetime.fromtimestamp(self.occurredAt / 1000, UTC)


def changed_in(item: Any) -> Changed | None:
    """The change of a contact in an event; None for any other event, or one that cannot be read."""
    if not isinstance(item, dict) or item.get("subscriptionType") not in _KINDS:
        return None
    try:
        changed = Changed.model_validate(item)
    except ValidationError:
        return None
    return changed if changed.objectTypeId == CONTACT else None
