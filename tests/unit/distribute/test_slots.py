"""A call is put where the rep works, on the rep's own clock, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from distribute.slots import NOTICE, SLOT, next_slot
from precall.at_work import works_at
from precall.config import WEEKDAYS, Rep, WorkingHours

ALL_DAYS = list(WEEKDAYS)


def rep(zone: str, start: time = time(9), end: time = time(17), days: Any = WEEKDAYS[:5]) -> Rep:
    hours = WorkingHours(days=tuple(days), start=start, end=end)
    return Rep(name="Dana", email="dana@seller.example", time_zone=zone, hours=hours)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "call"),
    [
        ("Europe/Vienna", "2026-03-11 09:50", "2026-03-11 10:00"),  # the next slot
        ("Europe/Vienna", "2026-03-11 09:55", "2026-03-11 10:00"),  # exactly the notice
        ("Europe/Vienna", "2026-03-11 09:56", "2026-03-11 10:10"),  # the next slot but one: notice
        ("Europe/Vienna", "2026-03-11 05:00", "2026-03-11 08:00"),  # before work
        ("Europe/Vienna", "2026-03-11 15:45", "2026-03-11 15:50"),  # the day's last slot
        ("Europe/Vienna", "2026-03-11 15:46", "2026-03-12 08:00"),  # too late for it
        ("Europe/Vienna", "2026-03-13 20:00", "2026-03-16 08:00"),  # over the weekend
        ("America/New_York", "2026-03-06 23:00", "2026-03-09 13:00"),  # … in which summer time begins
        ("Europe/Vienna", "2026-10-23 20:00", "2026-10-26 08:00"),  # … in which it ends
        ("Asia/Kolkata", "2026-03-11 18:00", "2026-03-12 03:30"),  # half-hour zone, already tomorrow there
        ("Pacific/Auckland", "2026-03-11 21:00", "2026-03-11 21:10"),  # already Thursday there
    ],
)
def test_the_next_slot(zone: str, now: str, call: str) -> None:
    assert next_slot(rep(zone), utc(now)) == utc(call)


def test_an_hour_that_the_clock_skips_is_no_slot() -> None:
    night = rep("Europe/Vienna", time(2), time(3), days=["sun"])
    assert next_slot(night, utc("2026-03-28 12:00")) == utc("2026-04-05 00:00")


def test_an_hour_that_the_clock_repeats_is_worked_twice() -> None:
    night = rep("Europe/Vienna", time(2), time(3), days=ALL_DAYS)
    assert next_slot(night, utc("2026-10-25 00:20")) == utc("2026-10-25 00:30")
    assert next_slot(night, utc("2026-10-25 00:50")) == utc("2026-10-25 01:00")
    assert next_slot(night, utc("2026-10-25 01:50")) == utc("2026-10-26 01:00")


def test_a_day_shorter_than_a_slot_still_has_one() -> None:
    minutes = rep("UTC", time(23, 50), time(23, 59), days=["wed"])
    assert next_slot(minutes, utc("2026-03-11 23:30")) == utc("2026-03-11 23:50")
    assert next_slot(minutes, utc("2026-03-11 23:46")) == utc("2026-03-18 23:50")


def test_nobody_calls_on_a_holiday() -> None:
    vienna = rep("Europe/Vienna")
    holidays = {date(2026, 3, 11), date(2026, 3, 12)}
    assert next_slot(vienna, utc("2026-03-11 09:50"), holidays) == utc("2026-03-13 08:00")
    assert not works_at(vienna, utc("2026-03-11 10:00"), holidays)
    assert works_at(vienna, utc("2026-03-11 10:00"))
    assert not works_at(vienna, utc("2026-03-11 16:00"))


def test_a_rep_who_is_free_calls_within_a_quarter_of_an_hour() -> None:
    anyone = rep("UTC")
    for minute in range(60):
        now = utc(f"2026-03-11 11:{minute:02}")
        assert NOTICE <= next_slot(anyone, now) - now <= timedelta(minutes=15)


zones = st.sampled_from(
    """UTC Europe/Vienna America/New_York America/St_Johns Australia/Lord_Howe Asia/Kathmandu Pacific/Chatham
    Pacific/Apia Africa/Casablanca America/Santiago Asia/Tehran Pacific/Kiritimati Pacific/Pago_Pago""".split()
)
hours = (
    st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True)
    .map(sorted)
    .map(lambda ends: tuple(time(minute // 60, minute % 60) for minute in ends))
)
changes = st.sampled_from(
    ["2026-03-08 07:00", "2026-03-29 01:00", "2026-10-25 01:00", "2026-11-01 06:00", "2026-04-04 15:00"]
)
near_changes = st.builds(lambda at, off: utc(at) + timedelta(minutes=off), changes, st.integers(-3000, 3000))
seconds = st.floats(utc("2012-01-01").timestamp(), utc("2036-01-01").timestamp())
moments = near_changes | seconds.map(lambda second: datetime.fromtimestamp(second, UTC))
days = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(sorted)


def is_slot(rep: Rep, moment: datetime) -> bool:
    """Independently of how slots are found: does one begin at `moment`, by the rep's clock?"""
    local = moment.astimezone(rep.zone)
    since = (local.hour - rep.hours.start.hour) * 60 + local.minute - rep.hours.start.minute
    works = WEEKDAYS[local.weekday()] in rep.hours.days and rep.hours.start <= local.time() < rep.hours.end
    return works and since % (SLOT.seconds // 60) == 0 and not local.second and not local.microsecond


@given(zones, hours, days, moments)
@settings(max_examples=300, deadline=None)
def test_the_slot_is_the_first_in_working_hours_after_the_notice(
    zone: str, span: tuple[time, time], days: list[str], now: datetime
) -> None:
    anyone = rep(zone, *span, days=days)
    call = next_slot(anyone, now)
    assert call.tzinfo is UTC
    assert call >= now + NOTICE
    assert is_slot(anyone, call)
    minute = (now + NOTICE + timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)
    while minute < call:
        assert not is_slot(anyone, minute), f"{minute} was free"
        minute += timedelta(minutes=1)
