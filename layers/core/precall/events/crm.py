"""What happened between Precall and a CRM: a lead read back, a brief written back, how the call went."""

from __future__ import annotations

from typing import Literal

from precall.events.base import Event

Outcome = Literal["reached", "not_reached", "meeting_set", "won", "lost", "other"]
"""How a call went, as far as its CRM says."""
Outcomes = dict[str, Outcome]


class ReadBackFailed(Event):
    """What the CRM's webhook left out of the lead could not be read back, or not all of it: the lead goes on as it is.
    `reason` names the fix."""

    business_key = ("reason",)
    type: Literal["read_back.failed"] = "read_back.failed"
    crm: str
    reason: str


class ActivityChanged(Event):
    """The CRM told that a planned `activity` changed, and not whose it is or when: it is to be asked. Until then it is
    no lead's, and `lead_id` stands for the activity. `change` tells this change from others of the activity."""

    business_key = ("change",)
    type: Literal["activity.changed"] = "activity.changed"
    crm: str
    activity: str
    change: str


class BriefWrittenBack(Event):
    """The CRM has the brief as a note on `records` ("contact/51"), and, where `fields`, its link in their fields."""

    business_key = ("research_id",)
    type: Literal["brief.written_back"] = "brief.written_back"
    research_id: str
    crm: str
    note_id: str
    records: tuple[str, ...]
    fields: bool = False


class WriteBackFailed(Event):
    """The CRM did not take the note (`part` "note") or the fields; `reason` names the fix."""

    business_key = ("research_id", "part")
    type: Literal["write_back.failed"] = "write_back.failed"
    research_id: str
    crm: str
    part: Literal["note", "fields"]
    reason: str


class NoteErasureAsked(Event):
    """The lead was erased: what a brief of its wrote into the CRM must go too. `crm_id` is the CRM's id of the lead."""

    business_key = ("research_id",)
    type: Literal["note.erasure_asked"] = "note.erasure_asked"
    research_id: str
    crm: str
    crm_id: str | None = None


class NoteErased(Event):
    """The CRM has the brief's note no more, nor, where `fields`, anything in its own fields. Without a `note_id` none
    was found."""

    business_key = ("research_id",)
    type: Literal["note.erased"] = "note.erased"
    research_id: str
    crm: str
    note_id: str | None = None
    records: tuple[str, ...] = ()
    fields: bool = False


class NoteErasureFailed(Event):
    """The note (`part` "note") or the fields stand in the CRM as before; `reason` names the fix."""

    business_key = ("research_id", "part")
    type: Literal["note.erasure_failed"] = "note.erasure_failed"
    research_id: str
    crm: str
    part: Literal["note", "fields"]
    reason: str


class DealOpened(Event):
    """The CRM says that there is an open deal, in its own words about `record`; that it was won or lost is told as the
    call's outcome."""

    business_key = ("record", "said")
    type: Literal["deal.opened"] = "deal.opened"
    record: str
    said: str


class CallOutcome(Event):
    """How the call went: from its CRM, which `said` it in its own words about `record`, or by a click of the rep."""

    business_key = ("record", "said")
    type: Literal["call.outcome"] = "call.outcome"
    outcome: Outcome
    source: Literal["crm", "rep"]
    record: str = ""
    said: str = ""
