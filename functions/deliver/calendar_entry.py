"""The call's slot as a calendar attachment that carries the brief's link.

METHOD:PUBLISH (RFC 5546, 3.2.1) informs and asks for no answer; one UID per lead and a SEQUENCE that grows move the
slot when the call moves.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from deliver.mail import Attachment
from deliver.notice import prospect_label

if TYPE_CHECKING:
    from deliver.letters import Case
    from precall.config import Mailing


def calendar_entry(case: Case, link: str, settings: Mailing, now: datetime) -> Attachment:
    """The call as an event of `settings.call_minutes`, transparent: the call itself is in the calendar already."""
    from icalendar import Calendar, Event  # half a second to import, for the teams that want it

    lead, call_at = case.lead, case.assignment.call_at
    event = Event()
    event.add("uid", f"{lead.id}@precall.invalid")
    event.add("sequence", max(0, int((case.assignment.assigned_at - lead.acquired_at).total_seconds())))
    event.add("dtstamp", now)
    event.add("dtstart", call_at)
    event.add("dtend", call_at + timedelta(minutes=settings.call_minutes))
    event.add("summary", f"Brief for the call with {prospect_label(lead)}")
    event.add("description", f"The brief: {link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//Precall//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return Attachment("call.ics", "text/calendar; method=PUBLISH; charset=UTF-8", calendar.to_ical())
