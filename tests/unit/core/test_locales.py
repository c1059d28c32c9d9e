"""Dates and numbers as people write them where they live, against the Unicode CLDR as Babel has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import available_timezones

import babel
import pytest
from babel.dates import format_time
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from precall.clock import for_people
from precall.config import Rep
from precall.locales import _BY_ZONE, LOCALES, Reader, locale_of

TAGS = st.sampled_from(sorted(LOCALES))
_PATTERN = "#,##0"
"""CLDR writes 1234 without a separator where only five digits have one; a table reads better when all have it."""


def cldr(tag: str) -> babel.Locale:
    return babel.Locale.parse(tag, sep="-")


@given(TAGS, st.integers(-10_000_000, 10_000_000))
def test_whole_numbers_are_those_of_cldr(tag: str, number: int) -> None:
    written = LOCALES[tag].number(number)
    assert written.lstrip("-") == format_decimal(abs(number), _PATTERN, locale=cldr(tag))


@given(TAGS, st.integers(0, 400))
def test_decimals_are_those_of_cldr(tag: str, quarters: int) -> None:
    assert LOCALES[tag].number(quarters / 4, 2) == format_decimal(quarters / 4, "#,##0.00", locale=cldr(tag))


@given(TAGS, st.times())
def test_the_clock_is_that_of_cldr(tag: str, at: time) -> None:
    told = format_time(at, "short", locale=cldr(tag)).replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert LOCALES[tag].clock(at) == (told if LOCALES[tag].half_days else told.replace(".", ":").zfill(5))


@given(TAGS)
def test_the_month_stands_first_where_it_does_in_cldr(tag: str) -> None:
    pattern = cldr(tag).date_formats["medium"].pattern
    assert LOCALES[tag].month_first is (pattern.index("M") < pattern.index("d"))


@pytest.mark.parametrize(
    ("zone", "tag", "day", "full"),
    [
        ("America/New_York", None, "Mar 9, 2026", "Mon, Mar 9, 2026, 10:05 AM EDT"),
        ("America/Indiana/Knox", None, "Mar 9, 2026", "Mon, Mar 9, 2026, 9:05 AM CDT"),
        ("America/New_York", "en-GB", "9 Mar 2026", "Mon 9 Mar 2026, 10:05 EDT"),
        ("Europe/Vienna", None, "9 Mar 2026", "Mon 9 Mar 2026, 15:05 CET"),
        ("Australia/Sydney", None, "9 Mar 2026", "Tue 10 Mar 2026, 1:05 am AEDT"),
        ("Asia/Kathmandu", None, "9 Mar 2026", "Mon 9 Mar 2026, 19:50 UTC+0545"),
        ("UTC", "xx-XX", "9 Mar 2026", "Mon 9 Mar 2026, 14:05 UTC"),
    ],
)
def test_a_locale_comes_from_the_setting_else_from_the_time_zone(
    zone: str, tag: str | None, day: str, full: str
) -> None:
    assert locale_of(zone, tag).day(date(2026, 3, 9)) == day
    assert for_people(datetime(2026, 3, 9, 14, 5, tzinfo=UTC), zone, tag) == full


def test_every_zone_that_is_listed_exists_and_every_zone_has_a_locale() -> None:
    zones = available_timezones()
    assert _BY_ZONE.keys() <= zones
    assert all(Reader(zone).locale in LOCALES.values() for zone in zones)


def test_a_wrong_locale_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ValueError, match=r"'de_AT' is not a locale that Precall writes; take one of en-US, .*de-AT"):
        Rep.model_validate({"name": "Ada", "email": "ada@seller.example", "locale": "de_AT"})
