"""A contact's lead status or lifecycle stage that changed: what came of the call (HubSpot's default values)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.hubspot.events import CONTACT
from precall.crm.outcomes import ToldOutcome
from precall.crm_events import Outcome
from precall.ids import derived_id

_MEANS: Mapping[str, Mapping[str, Outcome]] = {
    "hs_lead_status": {
        "CONNECTED": "reached",
        "ATTEMPTED_TO_CONTACT": "not_reached",
        "OPEN_DEAL": "meeting_set",
        "UNQUALIFIED": "lost",
        "BAD_TIMING": "other",
    },
    "lifecyclestage": {"opportunity": "meeting_set", "customer": "won"},
}
"""Other values, and those of a team's own, say nothing about a call."""


class _Changed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    subscriptionType: Literal["contact.propertyChange", "object.propertyChange"]  # noqa: N815 - HubSpot's names
    objectTypeId: str = CONTACT  # noqa: N815
    portalId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    objectId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    propertyName: str  # noqa: N815
    propertyValue: str  # noqa: N815
    occurredAt: Annotated[int, Field(ge=0, lt=10**14)]  # noqa: N815


def outcome_of(item: Any) -> ToldOutcome | None:
    """The outcome in one of a delivery's events; None for any other event, or one that cannot be read."""
    try:
        changed = _Changed.model_validate(item)
    except ValidationError:
        return None
    outcome = _MEANS.get(changed.propertyName, {}).get(changed.propertyValue)
    if outcome is None or changed.objectTypeId != CONTACT:
        return None
    portal, contact = str(changed.portalId), str(changed.objectId)
    return ToldOutcome(
        lead_id=derived_id("hubspot", portal, contact),
        outcome=outcome,
        record=f"contact/{contact}",
        said=changed.propertyValue,
        at=datetime.fromtimestamp(changed.occurredAt / 1000, UTC),
    )
