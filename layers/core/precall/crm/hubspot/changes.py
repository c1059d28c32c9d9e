"""A contact's owner, and the time of its next planned activity, that changed; and what the contact did.

The contact's own `notes_next_activity_date` HubSpot works out from its meetings, calls and tasks. Their own events name
no contact: see `activities`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from precall.crm.changes import ToldCall, ToldDeed, ToldOwner
from precall.crm.hubspot.properties import Changed
from precall.crm.values import moment, number
from precall.crm_activities import Deed

NEXT = "next activity"
"""The one planned call of a contact's that HubSpot tells."""
_LATEST = 10**14


def change_of(changed: Changed) -> ToldOwner | ToldCall | None:
    """The change, if a lead's owner or call is what changed; None also for a contact that has no owner any more."""
    version = str(changed.occurredAt)
    if changed.propertyName == "hubspot_owner_id" and (owner := number(changed.propertyValue)):
        return ToldOwner(changed.lead_id, owner, version, changed.at)
    if changed.propertyName != "notes_next_activity_date":
        return None
    call_at = _time(changed.propertyValue)
    if changed.propertyValue and call_at is None:
        return None
    return ToldCall(NEXT, version, changed.at, changed.lead_id, call_at)


def _time(value: str) -> datetime | None:
    """HubSpot sends milliseconds since 1970, its API ISO 8601."""
    if number(value) and int(value) < _LATEST:
        return datetime.fromtimestamp(int(value) / 1000, UTC)
    return moment(value)


def deed_of(changed: Changed) -> ToldDeed | None:
    """What the contact did, if that is what changed: sent a form (their number grew), answered a rep's e-mail."""
    name, value = changed.propertyName, changed.propertyValue
    deed: Deed | None = None
    if name == "num_conversion_events" and number(value) and int(value) > 0:
        deed = "form"
    elif name == "hs_sales_email_last_replied" and value:
        deed = "reply"
    return ToldDeed(changed.lead_id, deed, f"{name}/{value}", changed.at) if deed else None
