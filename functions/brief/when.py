"""Time as the rep reads it: in the rep's zone and locale, and from the moment of the research."""

from __future__ import annotations

from datetime import datetime, timedelta

from precall.locales import Reader


def clock_time(moment: datetime, reader: Reader) -> str:
    """ "14:30", "2:30 PM"."""
    return reader.locale.clock(reader.local(moment).time())


def day(moment: datetime, reader: Reader) -> str:
    """ "9 Mar 2022", "Mar 9, 2022"."""
    return reader.locale.day(reader.local(moment))


def call_time(call_at: datetime, now: datetime, reader: Reader) -> str:
    """ "today 14:30", "tomorrow 09:00", "Mon 14 Mar 09:00", with the year where it is not this one."""
    call, today = reader.local(call_at), reader.local(now)
    days = (call.date() - today.date()).days
    if days in (0, 1):
        on = "today" if days == 0 else "tomorrow"
    else:
        on = reader.locale.weekday(call, year=call.year != today.year)
    return f"{on} {reader.locale.clock(call.time())}"


def until(call_at: datetime, now: datetime) -> str:
    """ "in 25 min", "in 3 h 5 min", "in 2 days", "now", "20 min ago"."""
    left = call_at - now
    if abs(left) < timedelta(minutes=1):
        return "now"
    return f"in {_span(left)}" if left > timedelta(0) else f"{_span(-left)} ago"


def _span(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        rest = minutes % 60
        return f"{minutes // 60} h {rest} min" if rest else f"{minutes // 60} h"
    days = minutes // (24 * 60)
    return "1 day" if days == 1 else f"{days} days"
