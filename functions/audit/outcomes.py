"""How a call went, by one click of the rep on the brief's page. A link in a mail only opens the page: scanners follow
links."""

from __future__ import annotations

from datetime import datetime

from audit.record import Record
from audit.render import fragment
from precall.events import CallOutcome
from precall.events.crm import Outcome

SAYS: dict[Outcome, str] = {
    "reached": "We spoke",
    "not_reached": "Not reached",
    "meeting_set": "Next step agreed",
    "won": "Won",
    "lost": "No interest",
    "other": "Something else",
}


def asks(record: Record, now: datetime) -> str:
    """The form, with what was said last; nothing before the call."""
    held = record.assignment
    if held is None or held.cancelled or held.call_at > now:
        return ""
    said = [event.outcome for event in record.events if isinstance(event, CallOutcome)]
    return fragment("outcome.html", outcomes=list(SAYS.items()), said=said[-1] if said else None)


def told(record: Record, outcome: str, now: datetime) -> CallOutcome | None:
    """What the rep's click says; the same within a minute, as a double click is one. None where it says nothing."""
    word = next((known for known in SAYS if known == outcome), None)
    if word is None:
        return None
    correlation_id = record.events[0].correlation_id if record.events else record.lead_id
    return CallOutcome(
        lead_id=record.lead_id,
        correlation_id=correlation_id,
        at=now,
        outcome=word,
        source="rep",
        record=f"click/{now:%Y-%m-%dT%H:%M}",
        said=word,
    )
