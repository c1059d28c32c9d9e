"""Dates of publication: the moment in UTC, the day as the publisher writes it, and how exact they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from collect.months import spelled_day
from precall.model import Precision

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Nothing on the web is older; such a date is a default that somebody forgot to fill in."""
_TOLERANCE = timedelta(days=1)
"""Clocks and time zones of publishers are wrong by that much; what is later is an event's date or a mistake."""
_ISO = re.compile(
    r"""\s*(?P<year>\d{4})(?P<sep>[-/.]?)(?P<month>\d\d)(?:(?P=sep)(?P<day>\d\d))?(?![\d])
        (?:[T\s]+(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?
        """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\s*(?P<half>[ap]\.?m\b)?", re.IGNORECASE
)
_NUMERIC = re.compile(r"^\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b")
_EPOCH = re.compile(r"\s*(\d{10})(\d{3})?(?:\.\d+)?\s*")
_LONGEST = 100


@dataclass(frozen=True)
class Dated:
    """`at` is aware and in UTC; `day` is the same moment's day in the publisher's own time zone."""

    at: datetime
    day: date
    precision: Precision = Precision.SECOND

    @classmethod
    def of(cls, moment: datetime) -> Dated:
        """A moment with or without a zone, which is then UTC. Midnight is how software writes a day without a time."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if (aware.hour, aware.minute, aware.second) == (0, 0, 0):
            return cls.of_day(aware.date())
        return cls(aware.astimezone(UTC), aware.date())

    @classmethod
    def of_day(cls, day: date, precision: Precision = Precision.DAY) -> Dated:
        """A day, at its midnight."""
        return cls(datetime(day.year, day.month, day.day, tzinfo=UTC), day, precision)


def believed(moment: datetime | None, asked_at: datetime) -> datetime | None:
    """`moment`, unless it is before 1995 or more than a day after `asked_at`: then nobody knows when it was."""
    return moment if moment and _EARLIEST <= moment <= asked_at + _TOLERANCE else None


def stated(text: object) -> Dated | None:
    """The date that a feed or a page's metadata writes, in whatever usual form; None where it is none or ambiguous
    (3/4/2026 is a day in March or in April)."""
    told = str(text or "")[:_LONGEST]
    for read in (_iso, _by_rfc, _spelled, _numeric, _epoch):
        try:
            found = read(told)
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
        if found and found.at >= _EARLIEST:
            return found
    return None


def from_epoch(seconds: object) -> datetime | None:
    """Seconds since 1970 as an aware datetime; None for what is no such number, or one before 1995."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment if moment >= _EARLIEST else None


def from_iso(moment: str) -> datetime | None:
    """`2026-03-01T09:30:00.123Z` as an aware datetime, one without a time zone as UTC; None for anything else."""
    try:
        found = datetime.fromisoformat(moment)
        return from_epoch((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> Dated | None:
    """ISO 8601 and its usual mistakes: no dashes, a blank for the T, a short or no offset."""
    found = _ISO.match(text)
    if not found:
        return None
    if not found["day"]:
        return Dated.of_day(date(int(found["year"]), int(found["month"]), 1), Precision.MONTH) if found["sep"] else None
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    return _at(day, found["hour"], found["minute"], found["second"], _zone(found["zone"]))


def _at(day: date, hour: str | None, minute: str | None, second: str | None, zone: timezone = UTC) -> Dated:
    if hour is None:
        return Dated.of_day(day)
    return Dated.of(datetime(day.year, day.month, day.day, int(hour), int(minute or 0), int(second or 0), tzinfo=zone))


def _zone(text: str | None) -> timezone:
    found = re.match(r"([+-])(\d\d):?(\d\d)?", text or "")
    if not found:
        return UTC
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))


def _by_rfc(text: str) -> Dated | None:
    """RFC 5322, as RSS and HTTP want it."""
    moment = parsedate_to_datetime(text)
    return Dated.of(moment) if ":" in text else Dated.of_day(moment.date())


def _spelled(text: str) -> Dated | None:
    """A day with its month as a word, with or without a time after it."""
    found = spelled_day(text)
    if not found:
        return None
    day, end = found
    clock = _CLOCK.search(text, end)
    if not clock:
        return Dated.of_day(day)
    hour = int(clock["hour"]) % 12 + 12 * (clock["half"][0] in "pP") if clock["half"] else int(clock["hour"])
    return _at(day, str(hour), clock["minute"], clock["second"])


def _numeric(text: str) -> Dated | None:
    found = _NUMERIC.match(text)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12 or first == second:
        return Dated.of_day(date(year, second, first))
    return Dated.of_day(date(year, first, second)) if second > 12 else None


def _epoch(text: str) -> Dated | None:
    found = _EPOCH.fullmatch(text)
    return Dated.of(datetime.fromtimestamp(int(found[1]), UTC)) if found else None
