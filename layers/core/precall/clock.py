"""Time: aware UTC datetimes inside; a person's time zone only where a person reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime

from precall.locales import Reader

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


def for_people(moment: datetime, time_zone: str, locale: str | None = None) -> str:
    """`moment` as a person in the IANA `time_zone` reads it: "Thu 12 Mar 2026, 09:30 CET"; see `precall.locales`."""
    return Reader(time_zone, locale).full(moment)


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
