"""What a person reads about somebody who was forgotten, and about what the CRM has of them."""

from __future__ import annotations

from precall import events

_CRMS = {"generic": "a signed webhook", "hubspot": "HubSpot"}
_BY = {"operator": "the operator", "crm": "the CRM's wish"}


def crm_name(crm: str) -> str:
    """A CRM as a person calls it."""
    return _CRMS.get(crm, crm)


def erased(event: events.Event) -> tuple[str, dict[str, str | None]] | None:
    """A title and facts by name; None for an event about anything else."""
    match event:
        case events.ErasureAsked():
            return f"{crm_name(event.crm)} told that this person must be forgotten", {}
        case events.LeadErased():
            counts = {"documents": event.documents} | event.counts
            what = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            return "What was kept about this lead was erased", {"By": _BY[event.by], "Erased": what}
        case events.NoteErasureAsked():
            return f"{crm_name(event.crm)} is to delete the brief's note", {}
        case events.NoteErased():
            crm = crm_name(event.crm)
            title = f"{crm} has the brief's note no more" if event.note_id else f"{crm} had no note of the brief"
            return title, {"Fields": "emptied" if event.fields else None}
        case events.NoteErasureFailed():
            return f"{crm_name(event.crm)} still has the brief's {event.part}", {"Why": event.reason}
    return None
