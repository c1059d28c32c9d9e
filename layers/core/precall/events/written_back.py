"""What Precall wrote into a CRM, and took out of it again."""

from __future__ import annotations

from typing import Literal

from precall.events.base import Event


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
