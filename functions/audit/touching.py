"""The touches of a lead with its account, told from everything known about it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.record import Record
from precall.events import (
    BriefAcknowledged,
    BriefClicked,
    BriefOpened,
    BriefRead,
    BriefRelayed,
    BriefSent,
    BriefUpdated,
    CallOutcome,
    Event,
    LeadAcquired,
)
from precall.tally import GOOD
from precall.touches import Touch


def is_touch(event: Event) -> bool:
    """Whether an event tells of a touch: the others change nothing in what is kept of them."""
    return any(_said(event, None))


def touches_of(record: Record) -> list[Touch]:
    """The oldest first; none of a lead that is gone, or of whom nobody knows."""
    if record.lead is None or record.lead.prospect is None:
        return []
    contact = record.lead.prospect.contact
    about = {"lead_id": record.lead_id, "contact": contact.name if contact else None}
    own = [
        Touch.model_validate({**about, "at": done.at or record.lead.acquired_at, "way": "in", "what": done.kind})
        for done in record.lead.activities
    ]
    rep = {"rep": str(record.assignment.rep.email) if record.assignment else None}
    told = [
        Touch.model_validate({**about, **rep, "at": event.at, **said})
        for event in record.events
        for said in _said(event, record.lead.source)
    ]
    return sorted([*own, *told], key=lambda touch: touch.at)


def _said(event: Event, source: str | None) -> Iterator[dict[str, object]]:
    match event:
        case LeadAcquired():
            yield {"way": "in", "what": f"became a lead: {source}" if source else "became a lead"}
        case BriefSent() if not event.notice_only:
            yield {"way": "out", "what": "brief sent to the rep"}
        case BriefRelayed() if not event.notice_only:
            yield {"way": "out", "what": f"brief sent to the rep by {event.channel}"}
        case BriefUpdated():
            yield {"way": "out", "what": "update sent to the rep"}
        case BriefAcknowledged() | BriefRead():
            yield {"way": "out", "what": "brief read by the rep"}
        case BriefOpened() | BriefClicked():
            yield {"way": "out", "what": "brief opened", "sure": False}
        case CallOutcome():
            way = "both" if event.outcome in GOOD else "out"
            yield {"way": way, "what": f"call: {event.outcome.replace('_', ' ')}"}
