"""What a CRM tells of a planned call, as an event about its lead."""

from __future__ import annotations

from precall.crm.changes import ToldCall
from precall.events import CallCancelled, CallMoved
from precall.model import Lead

BY = "crm"


def change_of(crm: str, told: ToldCall, lead: Lead) -> CallMoved | CallCancelled:
    """The change of `lead`'s call; the same event however often it is told."""
    about = {"lead_id": lead.id, "correlation_id": lead.correlation_id, "at": told.at, "by": BY, "call": told.activity}
    if told.call_at is None:
        return CallCancelled.model_validate({**about, "change": f"{crm}/{told.activity}/off/{told.version}"})
    change = f"{crm}/{told.activity}/{told.call_at.isoformat()}/{told.version}"
    return CallMoved.model_validate({**about, "call_at": told.call_at, "change": change})
