"""`contact.privacyDeletion`: somebody deleted a contact for good, as the GDPR wants it (HubSpot's webhooks API)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.erasures import AskedErasure
from precall.ids import derived_id


class _Deleted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    subscriptionType: Literal["contact.privacyDeletion"]  # noqa: N815 - HubSpot's names
    portalId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    objectId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815


def erasure_of(item: Any) -> AskedErasure | None:
    """The erasing that one of a delivery's events asks for; None for any other event, or one that cannot be read."""
    if not isinstance(item, dict) or item.get("subscriptionType") != "contact.privacyDeletion":
        return None
    try:
        deleted = _Deleted.model_validate(item)
    except ValidationError:
        return None
    portal, contact = str(deleted.portalId), str(deleted.objectId)
    return AskedErasure("hubspot", contact, derived_id("hubspot", portal, contact))
