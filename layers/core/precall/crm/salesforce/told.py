"""What Salesforce tells of leads that there are: owners, planned Events, calls that were logged, statuses.

The same for Outbound Messages, which repeat a whole record, and for change events, which hold what changed. Statuses
are Salesforce's own; what a team's own words mean, only the team knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from precall.crm.changes import ToldActivity, ToldCall, ToldDeed, ToldOwner
from precall.crm.outcomes import ToldOutcome, of_disposition
from precall.crm.salesforce.records import OBJECTS, lead_id_of, organisation, short_id
from precall.crm.values import moment, text
from precall.events.crm import Outcome

Told = ToldOwner | ToldCall | ToldActivity | ToldOutcome | ToldDeed
OWN_TASKS = "Precall brief"
"""How the subjects of Precall's own tasks begin."""
_STATUSES: Mapping[str, Outcome] = {
    "Working - Contacted": "reached",
    "Closed - Converted": "meeting_set",
    "Closed - Not Converted": "lost",
}
_CONVERTED = "Closed - Converted"
_STAGES: Mapping[str, Outcome] = {"Closed Won": "won", "Closed Lost": "lost"}
"""An Opportunity in any other stage is open."""
_STARTS = ("ActivityDateTime", "StartDateTime")


@dataclass(frozen=True)
class Record:
    """One record: `fields` as they were sent, all of them or those that changed (`changed`); `deleted`."""

    kind: str
    id: str
    fields: Mapping[str, Any]
    sender: str
    at: datetime
    version: str
    changed: bool = False
    deleted: bool = False


def told(record: Record) -> Iterator[Told]:
    """What a record tells of a lead that there may be."""
    if record.kind in OBJECTS:
        yield from _of_person(record)
    elif record.kind == "Event":
        yield from _of_event(record)
    elif record.kind == "Task":
        yield from _of_task(record)
    elif record.kind == "CampaignMember":
        yield from _of_member(record)
    elif record.kind == "Opportunity" and not record.deleted:
        yield from _of_opportunity(record)


def _of_person(record: Record) -> Iterator[Told]:
    lead_id = lead_id_of(record.sender, record.id)
    if owner := text(record.fields.get("OwnerId")):
        yield ToldOwner(lead_id, owner, record.version, record.at, changed=record.changed)
    status = text(record.fields.get("Status")) or ""
    if record.kind == "Lead" and status:
        opens = status == _CONVERTED
        yield ToldOutcome(lead_id, _STATUSES.get(status), f"Lead/{record.id}", status, record.at, opens=opens)


def _of_event(record: Record) -> Iterator[Told]:
    call_at = None if record.deleted else planned_at("Event", record.fields)
    if call_at or record.deleted:
        yield _call(record, call_at)


def planned_at(kind: str, fields: Mapping[str, Any]) -> datetime | None:
    """When an Event begins, or an open Task of the subtype Call reminds its owner: its due date has no time. None for a
    whole day, and for any other Task."""
    if kind == "Event":
        starts = (moment(fields.get(name)) for name in _STARTS)
        return next((start for start in starts if start), None)
    is_open = fields.get("Status") != "Completed" and not _is(fields.get("IsClosed"), "true")
    reminds = fields.get("TaskSubtype") == "Call" and not _is(fields.get("IsReminderSet"), "false")
    return moment(fields.get("ReminderDateTime")) if is_open and reminds else None


def _is(value: object, said: str) -> bool:
    """Outbound Messages have texts, other ways booleans."""
    return str(value).casefold() == said


def _call(record: Record, call_at: datetime | None) -> ToldCall:
    lead_id = _who(record)
    return ToldCall(
        _activity(record), record.version, record.at, lead_id, call_at, record.changed, told_once=bool(lead_id)
    )


def _activity(record: Record) -> str:
    return f"{organisation(record.sender)}/{record.kind}/{short_id(record.id)}"


def _of_task(record: Record) -> Iterator[Told]:
    """A call that was logged: a completed Task of the subtype Call, or with a call's disposition. One that is planned:
    an open one; of its reminder a change event has the new time alone."""
    fields, lead_id = record.fields, _who(record)
    disposition = text(fields.get("CallDisposition"))
    is_call = fields.get("TaskSubtype") == "Call" or disposition
    own = str(fields.get("Subject") or "").startswith(OWN_TASKS)
    if lead_id and is_call and fields.get("Status") == "Completed" and not own:
        said = disposition or "call logged"
        yield ToldOutcome(lead_id, of_disposition(said), f"Task/{record.id}", said, record.at)
    elif call_at := planned_at("Task", fields):
        yield _call(record, call_at)
    elif record.deleted:
        yield _call(record, None)
    elif record.changed and "TaskSubtype" not in fields and moment(fields.get("ReminderDateTime")):
        yield ToldActivity(_activity(record), record.version, record.at)


def _of_opportunity(record: Record) -> Iterator[Told]:
    """An Opportunity names its contact where it was made with one: in messages, and in the event of its creation."""
    stage = text(record.fields.get("StageName"))
    if stage:
        contact = text(record.fields.get("ContactId"))
        lead_id = lead_id_of(record.sender, contact) if contact else None
        named, opens = f"{organisation(record.sender)}/Opportunity/{short_id(record.id)}", stage not in _STAGES
        once = lead_id is not None
        yield ToldOutcome(lead_id, _STAGES.get(stage), named, stage, record.at, opens=opens, told_once=once)


def _of_member(record: Record) -> Iterator[Told]:
    """Whoever responded to a campaign did so once."""
    who = text(record.fields.get("LeadId")) or text(record.fields.get("ContactId"))
    if who and _is(record.fields.get("HasResponded"), "true"):
        lead_id = lead_id_of(record.sender, who)
        yield ToldDeed(lead_id, "response", f"CampaignMember/{short_id(record.id)}", record.at)


def _who(record: Record) -> str | None:
    who = text(record.fields.get("WhoId")) or ""
    return lead_id_of(record.sender, who) if who.startswith(("00Q", "003")) else None
