"""Meetings and tasks that changed, as HubSpot's generic subscriptions tell them: whose they are, only its API says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.changes import ToldActivity

_FOLDERS = {"0-47": "meetings", "0-27": "tasks"}
"""Where the API has what HubSpot numbers so."""


class _Changed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    subscriptionType: Literal["object.creation", "object.propertyChange"]  # noqa: N815 - HubSpot's names
    objectTypeId: Literal["0-47", "0-27"]  # noqa: N815
    portalId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    objectId: Annotated[int, Field(ge=0, lt=2**63)]  # noqa: N815
    occurredAt: Annotated[int, Field(ge=0, lt=10**14)]  # noqa: N815


def activity_of(item: Any) -> ToldActivity | None:
    """The meeting or task in one of a delivery's events; None for any other, or one that cannot be read."""
    if not isinstance(item, dict) or item.get("objectTypeId") not in _FOLDERS:
        return None
    try:
        changed = _Changed.model_validate(item)
    except ValidationError:
        return None
    activity = f"{changed.portalId}/{_FOLDERS[changed.objectTypeId]}/{changed.objectId}"
    return ToldActivity(activity, str(changed.occurredAt), datetime.fromtimestamp(changed.occurredAt / 1000, UTC))
