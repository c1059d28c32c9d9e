"""Time as the rep reads it: in the rep's zone, and from the moment of the research."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def clock_time(moment: datetime, zone: str) -> str:
    """ "14:30"."""
    return f"{_local(moment, zone):%H:%M}"


def day(moment: datetime, zone: str) -> str:
    """ "9 Mar 2022"."""
    local = _local(moment, zone)
    return f"{local.day} {local:%b %Y}"


def call_time(call_at: datetime, now: datetime, zone: str) -> str:
    """ "today 14:30", "tomorrow 09:00", "Mon 14 Mar 09:00", with the year where it is not this one."""
    call, today = _local(call_at, zone), _local(now, zone)
    days = (call.date() - today.date()).days
    if days in (0, 1):
        return f"{'today' if days == 0 else 'tomorrow'} {call:%H:%M}"
    year = "" if call.year == today.year else f" {call.year}"
    return f"{call:%a} {call.day} {call:%b}{year} {call:%H:%M}"


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


def _local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))
