"""Dates of publication."""

from __future__ import annotations

import calendar
import time
from datetime import UTC, datetime

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Nothing on the web is older; such a date is a default that somebody forgot to fill in."""


def from_feed(*parsed: time.struct_time | None) -> datetime | None:
    """The first usable of feedparser's dates (UTC); None without one."""
    for moment in parsed:
        found = from_epoch(calendar.timegm(moment)) if moment else None
        if found:
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


def from_iso_day(day: str | None) -> datetime | None:
    """`2026-03-01` as midnight UTC; None for anything else."""
    try:
        return from_epoch(datetime.fromisoformat((day or "")[:10]).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def from_iso(moment: str) -> datetime | None:
    """`2026-03-01T09:30:00.123Z` as an aware datetime, one without a time zone as UTC; None for anything else."""
    try:
        found = datetime.fromisoformat(moment)
        return from_epoch((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
