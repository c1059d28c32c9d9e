"""The time zone of a calendar's times: by the IANA's name, by Windows's, or as the calendar itself describes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from io import StringIO
from zoneinfo import ZoneInfo

from precall.crm.invitation.lines import Component, NoCalendar

_MOST_PARTS = 8
_DAY = "[+-]?[1-5]?(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAY = "(?:1?[1-9]|10|2[0-8])"
_YEARLY = re.compile(
    rf"FREQ=YEARLY(?:;(?:INTERVAL=1|WKST=(?:MO|SU)|BYMONTH=(?:[1-9]|1[0-2])|BYDAY={_DAY}"
    rf"|BYMONTHDAY={_MONTH_DAY}(?:,{_MONTH_DAY}){{0,6}}|UNTIL=\d{{8}}(?:T\d{{6}}Z?)?))*",
    re.IGNORECASE,
)
"""A rule that has a date every year or so: others could be looked for until the end of time."""
_OFFSET = re.compile(r"[+-]\d{4}(?:\d{2})?")
_STAMP = re.compile(r"(?:1[6-9]|20)\d{6}T\d{6}")


def zone_called(name: str, calendar: Component) -> tzinfo:
    """The zone that `calendar` calls `name`; NoCalendar where nobody knows it."""
    plain = name.strip().strip('"').lstrip("/")
    if plain.upper() in ("UTC", "GMT", "Z"):
        return UTC
    known = _known(plain) or _known(_windows(plain)) or _known("/".join(plain.split("/")[-2:]))
    described = (zone for zone in calendar.all("VTIMEZONE") if zone.text("TZID") == name)
    own = None if known else next(described, None)
    zone = known or (_own(own) if own else None)
    if zone is None:
        raise NoCalendar(f"TZID: {name[:60]} is no time zone that is known; send its VTIMEZONE, or the time in UTC")
    return zone


def _known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):  # absolute paths, directories, unknown keys
        return None


def _windows(name: str) -> str:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return str(WINDOWS_TO_OLSON.get(name, ""))


def _own(zone: Component) -> tzinfo | None:
    """From what is needed of a description, checked line by line."""
    from dateutil.tz import tzical  # type: ignore[import-untyped]

    parts = [part for part in zone.inner if part.name in ("STANDARD", "DAYLIGHT")]
    if not 0 < len(parts) <= _MOST_PARTS:
        return None
    lines = ["BEGIN:VTIMEZONE", "TZID:own", *(line for part in parts for line in _lines(part)), "END:VTIMEZONE"]
    try:
        made: tzinfo | None = tzical(StringIO("\r\n".join(lines))).get()
    except (ValueError, TypeError, OverflowError):
        return None
    return made


def _lines(part: Component) -> Iterator[str]:
    yield f"BEGIN:{part.name}"
    for name, form in (("DTSTART", _STAMP), ("TZOFFSETFROM", _OFFSET), ("TZOFFSETTO", _OFFSET)):
        if not form.fullmatch(part.text(name)):
            raise NoCalendar(f"VTIMEZONE: {name} of its {part.name} is missing or malformed")
        yield f"{name}:{part.text(name)}"
    if rule := part.text("RRULE"):
        if not _YEARLY.fullmatch(rule):
            raise NoCalendar("VTIMEZONE: RRULE is not a yearly one, as changes of the clock are")
        yield f"RRULE:{rule}"
    yield f"END:{part.name}"
