"""A deal that was won or lost: what came of the calls with its person (webhooks v2)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.clock import UtcDatetime
from precall.crm.outcomes import ToldOutcome
from precall.ids import derived_id

_Id = Annotated[str, Field(min_length=1, max_length=100, coerce_numbers_to_str=True)]


class _Meta(BaseModel):
    action: Literal["change"]
    entity: Literal["deal"]
    entity_id: _Id
    company_id: _Id
    timestamp: UtcDatetime = datetime(1970, 1, 1, tzinfo=UTC)


class _Deal(BaseModel):
    model_config = ConfigDict(extra="ignore")

    status: Literal["won", "lost"]
    person_id: _Id


class _Delivery(BaseModel):
    meta: _Meta
    data: _Deal
    previous: dict[str, Any]


def outcome_of(item: Any) -> ToldOutcome | None:
    """The outcome in a delivery whose deal has just become won or lost; None for any other."""
    try:
        sent = _Delivery.model_validate(item)
    except ValidationError:
        return None
    if "status" not in sent.previous:
        return None
    return ToldOutcome(
        lead_id=derived_id("pipedrive", sent.meta.company_id, "person", sent.data.person_id),
        outcome=sent.data.status,
        record=f"deal/{sent.meta.entity_id}",
        said=sent.data.status,
        at=sent.meta.timestamp,
    )
