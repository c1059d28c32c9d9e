"""What Close tells of leads that there are: owners, meetings, tasks to call, calls that were made, statuses.

Every event names its lead; `data` is the whole object, `changed_fields` what an update changed, `data` null for what
was deleted. Source: https://developer.close.com/resources/event-log/ and /resources/activities/. Statuses are those
that Close begins with; what a team's own mean, only the team knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from precall.crm.changes import ToldCall, ToldDeed, ToldOwner
from precall.crm.close.tasks import call_time, when
from precall.crm.outcomes import ToldOutcome
from precall.crm.values import text
from precall.events.crm import Outcome
from precall.ids import derived_id

Told = ToldOwner | ToldCall | ToldOutcome | ToldDeed
_Id = Annotated[str, Field(min_length=1, max_length=100)]
_DISPOSITIONS: Mapping[str, Outcome] = {
    "answered": "reached",
    "no-answer": "not_reached",
    "vm-left": "not_reached",
    "vm-answer": "not_reached",
    "busy": "not_reached",
}
_STATUSES: Mapping[str, Outcome] = {"Bad Fit": "lost", "Not Interested": "lost", "Customer": "won"}
_CLOSED: Mapping[str, Outcome] = {"won": "won", "lost": "lost"}
_OPEN = "active"
_OFF = ("canceled", "declined-by-lead", "declined-by-org")


class Event(BaseModel):
    """One event."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    object_type: Annotated[str, Field(max_length=100)]
    action: Annotated[str, Field(max_length=100)]
    object_id: _Id
    lead_id: _Id
    data: dict[str, Any] | None = None
    changed_fields: tuple[str, ...] = ()
    date_updated: Annotated[str, Field(max_length=40)]

    @property
    def lead(self) -> str:
        """The lead's id here."""
        return derived_id("close", self.lead_id)

    @property
    def at(self) -> datetime:
        """When it happened: an event that is told again in a later state has a later one."""
        return when(self.date_updated) or datetime.fromtimestamp(0, UTC)

    def sets(self, *fields: str) -> bool:
        """Whether one of `fields` was set by it: by a creation, or by an update that names it."""
        return self.action == "created" or any(name in self.changed_fields for name in fields)


def told(item: Any) -> Iterator[Told]:
    """What a delivery tells of a lead that there may be."""
    try:
        event = Event.model_validate(item.get("event") if isinstance(item, dict) else None)
    except ValidationError:
        return
    match event.object_type:
        case "lead" if event.action == "updated":
            yield from _of_lead(event, event.data or {})
        case "activity.meeting":
            yield from _of_meeting(event, event.data or {})
        case "task.lead":
            yield from _of_task(event, event.data or {})
        case "activity.call":
            yield from _outcome(event, "disposition", _DISPOSITIONS)
        case "opportunity":
            yield from _outcome(event, "status_type", _CLOSED)
        case "activity.email" | "activity.sms" | "activity.form_submission" if event.action == "created":
            yield from _deed(event, event.data or {})


def _of_lead(event: Event, data: dict[str, Any]) -> Iterator[Told]:
    owner = text(data.get("lead_owner_id"))
    if owner and event.sets("lead_owner_id"):
        yield ToldOwner(event.lead, owner, event.date_updated, event.at)
    if event.sets("status_id", "status_label"):
        yield from _outcome(event, "status_label", _STATUSES, "status_id")


def _of_meeting(event: Event, data: dict[str, Any]) -> Iterator[Told]:
    if data.get("status") == "completed" and event.sets("status"):
        yield ToldDeed(event.lead, "meeting", event.object_id, event.at, text(data.get("title")) or "")
    off = event.action == "deleted" or data.get("status") in _OFF
    starts = None if off or data.get("status") == "completed" else when(data.get("starts_at"))
    if off or (starts and event.sets("starts_at", "status")):
        yield ToldCall(f"meeting/{event.object_id}", event.date_updated, event.at, event.lead, starts)


def _of_task(event: Event, data: dict[str, Any]) -> Iterator[Told]:
    """One that is done cancels nothing: the call took place."""
    off, starts = event.action == "deleted", call_time(data)
    if off or (starts and event.sets("date", "due_date", "text")):
        yield ToldCall(f"task/{event.object_id}", event.date_updated, event.at, event.lead, None if off else starts)


def _deed(event: Event, data: dict[str, Any]) -> Iterator[Told]:
    """A form that the contact sent, or a message that came in."""
    if event.object_type == "activity.form_submission":
        yield ToldDeed(event.lead, "form", event.object_id, event.at)
    elif data.get("direction") in ("incoming", "inbound"):
        yield ToldDeed(event.lead, "reply", event.object_id, event.at, text(data.get("subject")) or "")


def _outcome(event: Event, field: str, means: Mapping[str, Outcome], *also: str) -> Iterator[Told]:
    said = text((event.data or {}).get(field)) or ""
    if said and event.sets(field, *also):
        record = f"{event.object_type.rpartition('.')[2]}/{event.object_id}"
        opens = event.object_type == "opportunity" and said == _OPEN
        yield ToldOutcome(event.lead, means.get(said), record, said, event.at, opens=opens)
