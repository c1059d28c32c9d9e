"""An invitation to the call (iTIP, RFC 5546): when it is, and which call it is, whatever is sent about it later."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from precall.crm.invitation.lines import Component, NoCalendar, calendar_in
from precall.crm.invitation.zones import zone_called
from precall.errors import InvalidLead
from precall.ids import derived_id

_METHODS = ("", "REQUEST", "PUBLISH", "CANCEL")
_STAMP = re.compile(r"(\d{8}T\d{6})(Z?)", re.IGNORECASE)
_LONGEST_UID = 1_000
_FIRST_YEAR, _LAST_YEAR = 1970, 2200


@dataclass(frozen=True)
class Invitation:
    """`call` names the call by the invitation's UID; a later `sequence` replaces an earlier one, and of two with the
    same the later `said_at` (None: it does not say). `start` is None for a cancelled one, and naive where the
    invitation leaves the zone to whoever reads it."""

    call: str
    sequence: int
    said_at: datetime | None
    start: datetime | None

    def starts(self, zone: tzinfo) -> datetime | None:
        """When the call is, in UTC; a time without a zone is one in `zone`."""
        if self.start is None:
            return None
        return (self.start if self.start.tzinfo else self.start.replace(tzinfo=zone)).astimezone(UTC)

    @property
    def floats(self) -> bool:
        """Whether the time has no zone of its own."""
        return self.start is not None and self.start.tzinfo is None


def invitation_in(text: str) -> Invitation:
    """The invitation in an iCalendar object; InvalidLead naming the property and the fix."""
    try:
        return _read(calendar_in(text))
    except NoCalendar as error:
        raise InvalidLead(f"invitation: {error}") from None


def _read(calendar: Component) -> Invitation:
    method = calendar.text("METHOD").upper()
    if method not in _METHODS:
        raise NoCalendar(f"METHOD: {method[:20]} sets no time; send REQUEST or CANCEL")
    event = _event(calendar)
    uid = event.text("UID")
    if not 0 < len(uid) <= _LONGEST_UID:
        raise NoCalendar("UID: is missing or too long; by it a later invitation is known as the same call's")
    cancelled = method == "CANCEL" or event.text("STATUS").upper() == "CANCELLED"
    return Invitation(
        call=derived_id("invitation", uid),
        sequence=_sequence(event.text("SEQUENCE")),
        said_at=_said(event.text("DTSTAMP")) or _said(event.text("LAST-MODIFIED")),
        start=None if cancelled else _start(event, calendar),
    )


def _event(calendar: Component) -> Component:
    """The event itself: of a series the whole, not one of its dates."""
    events = list(calendar.all("VEVENT"))
    whole = [event for event in events if "RECURRENCE-ID" not in event.properties]
    if events and not whole:
        raise NoCalendar("RECURRENCE-ID: one date of a series is passed over; the call is at the series' first date")
    if len(whole) != 1:
        raise NoCalendar(f"has {len(whole)} events; send one")
    return whole[0]


def _start(event: Component, calendar: Component) -> datetime:
    given = event.properties.get("DTSTART")
    found = _STAMP.fullmatch(given.value.strip()) if given else None
    if given is None or found is None:
        raise NoCalendar("DTSTART: is missing, malformed or a whole day; a call has a time, as 20260312T140000Z")
    zone = given.parameters.get("TZID")
    moment = _moment(found[1])
    if moment is None or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise NoCalendar("DTSTART: is no such day or time")
    if found[2]:
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=zone_called(zone, calendar)).astimezone(UTC) if zone else moment


def _said(text: str) -> datetime | None:
    """A stamp is in UTC."""
    found = _STAMP.fullmatch(text)
    moment = _moment(found[1]) if found else None
    return moment and moment.replace(tzinfo=UTC)


def _moment(digits: str) -> datetime | None:
    """Without a zone; None for a day that there is not."""
    try:
        return datetime.strptime(digits.upper(), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone comes with it, or none
    except ValueError:
        return None


def _sequence(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
