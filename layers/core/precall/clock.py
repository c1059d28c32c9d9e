"""Time: aware UTC datetimes inside; a person's time zone only where a person reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def to_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive datetime is a programming error and raises ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without a time zone; give it one (for example 2026-03-01T09:00:00Z)")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("lies outside the years 1 to 9999 in UTC") from None


def for_people(moment: datetime, time_zone: str) -> str:
    """`moment` as a person in the IANA `time_zone` reads it: "Thu 12 Mar 2026, 09:30 CET"."""
    local = moment.astimezone(ZoneInfo(time_zone))
    name = local.tzname() or ""
    return f"{local:%a %d %b %Y, %H:%M} {name if name.isalpha() else f'UTC{name}'}".strip()


UtcDatetime = Annotated[AwareDatetime, AfterValidator(to_utc)]
"""A pydantic field type: aware, kept in UTC."""


def age(moment: datetime, now: datetime) -> str:
    """How old something is, in whole units rounded down: "5 min", "3 h", "1 day", "12 days"; never negative."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h"
    days = minutes // (24 * 60)
    return "1 day" if days == 1 else f"{days} days"
