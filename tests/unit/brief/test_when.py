"""Times as the rep reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from brief.when import call_time, clock_time, day, until
from precall.locales import Reader

NOW = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "zone", "says"),
    [
        (1, "America/New_York", "today 11:05 AM"),
        (14, "America/New_York", "tomorrow 12:05 AM"),
        (96, "America/New_York", "Sat, Mar 14 10:05 AM"),
        (10, "Europe/Vienna", "tomorrow 01:05"),
        (96, "Europe/Vienna", "Sat 14 Mar 15:05"),
        (24 * 365, "UTC", "Wed 10 Mar 2027 14:05"),
        (-24, "UTC", "Mon 9 Mar 14:05"),
    ],
)
def test_a_call_is_today_tomorrow_or_on_a_day_in_the_reps_zone(hours: int, zone: str, says: str) -> None:
    assert call_time(NOW + timedelta(hours=hours), NOW, Reader(zone)) == says


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(0.5, "now"), (25, "in 25 min"), (60, "in 1 h"), (185, "in 3 h 5 min"), (1500, "in 1 day"), (-20, "20 min ago")],
)
def test_how_long_it_is_to_the_call(minutes: float, says: str) -> None:
    assert until(NOW + timedelta(minutes=minutes), NOW) == says


def test_days_and_times_are_those_of_the_zone() -> None:
    late = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    tokyo = Reader("Asia/Tokyo")
    assert (day(late, tokyo), clock_time(late, tokyo)) == ("11 Mar 2026", "08:30")
    assert day(late, Reader("America/New_York")) == "Mar 10, 2026"
