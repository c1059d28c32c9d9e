"""Planned calls and meetings of Pipedrive's, and owners of people, leads and deals, that changed (webhooks v2)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.clock import UtcDatetime
from precall.crm.changes import ToldCall, ToldDeed, ToldOwner
from precall.crm.values import moment, text
from precall.ids import derived_id

CALLS = ("call", "meeting")
"""The types of activity that are calls; a team's own types are not."""
_Id = Annotated[str, Field(min_length=1, max_length=100, coerce_numbers_to_str=True)]


class _Meta(BaseModel):
    model_config = ConfigDict(extra="ignore")

    action: Literal["create", "change", "delete"]
    entity: Literal["activity", "person", "lead", "deal"]
    entity_id: _Id
    company_id: _Id
    timestamp: UtcDatetime
    change_source: str = ""


class Event(BaseModel):
    """One delivery."""

    meta: _Meta
    data: dict[str, Any] | None = None
    previous: dict[str, Any] | None = None

    @property
    def record(self) -> dict[str, Any]:
        """As it is now; a deleted one as it was."""
        return self.data or (self.previous if self.meta.action == "delete" else None) or {}

    @property
    def lead_id(self) -> str | None:
        """The lead of the record's person, else of its organization."""
        meta, record = self.meta, self.record
        if meta.entity == "person":
            return derived_id("pipedrive", meta.company_id, "person", meta.entity_id)
        for kind, found in (("person", person_of(record)), ("organization", record.get("org_id"))):
            if named := text(found):
                return derived_id("pipedrive", meta.company_id, kind, named)
        return None


def event_in(item: Any) -> Event | None:
    """The event, where it is one of these and did not come through the API, as what Precall writes does."""
    try:
        sent = Event.model_validate(item)
    except ValidationError:
        return None
    return None if sent.meta.change_source == "api" else sent


def change_of(sent: Event) -> ToldOwner | ToldCall | None:
    """The change, if a lead's owner or call is what changed."""
    if sent.lead_id is None:
        return None
    version = sent.meta.timestamp.isoformat()
    if sent.meta.entity != "activity":
        owner = text(sent.record.get("owner_id"))
        if owner and sent.meta.action == "change" and "owner_id" in (sent.previous or {}):
            return ToldOwner(sent.lead_id, owner, version, sent.meta.timestamp)
        return None
    call_at, gone = due(sent.record), sent.meta.action == "delete"
    if sent.record.get("type") not in CALLS or sent.record.get("done") or not (call_at or gone):
        return None
    activity = f"{sent.meta.company_id}/activity/{sent.meta.entity_id}"
    return ToldCall(activity, version, sent.meta.timestamp, sent.lead_id, None if gone else call_at)


def deed_of(sent: Event) -> ToldDeed | None:
    """A meeting that was just marked as done took place."""
    done = sent.record.get("done") is True and "done" in (sent.previous or {})
    if sent.lead_id and done and (sent.meta.entity, sent.record.get("type")) == ("activity", "meeting"):
        subject = text(sent.record.get("subject")) or ""
        return ToldDeed(sent.lead_id, "meeting", f"activity/{sent.meta.entity_id}", sent.meta.timestamp, subject)
    return None


def due(activity: dict[str, Any]) -> datetime | None:
    """When it is planned; None for a day without a time. Pipedrive's dates and times are UTC."""
    day, time = text(activity.get("due_date")), text(activity.get("due_time"))
    return moment(f"{day}T{time[:5]}:00Z") if day and time else None


def person_of(record: dict[str, Any]) -> object:
    """The person, else the first participant."""
    listed = record.get("participants")
    named = [one.get("person_id") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return record.get("person_id") or next(iter(named), None)
