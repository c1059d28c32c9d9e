"""Dates in the forms that feeds and pages write, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.dates import believed, from_epoch, stated
from precall.model import Precision

MOMENT = datetime(2026, 2, 3, 14, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03T14:05:06Z",
        "2026-02-03T15:05:06+01:00",
        "2026-02-03 14:05:06",
        "2026-02-03T09:05:06.123-0500",
        "20260203T140506Z",
        "Tue, 03 Feb 2026 14:05:06 GMT",
        "Tue, 3 Feb 2026 09:05:06 EST",
        "1770127506",
        "1770127506000",
        "3 February 2026, 14:05:06",
    ],
)
def test_a_moment_is_read(text: str) -> None:
    found = stated(text)
    assert found
    assert (found.at, found.precision) == (MOMENT, Precision.SECOND)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03",
        "2026/02/03",
        "20260203",
        "2026-02-03T00:00:00+11:00",
        "Feb 3, 2026",
        "February 3rd, 2026",
        "Published on 3 February 2026",
        "3. Februar 2026",
        "3 février 2026",
        "3 de febrero de 2026",
        "03.02.2026",
        "03-Feb-2026",
    ],
)
def test_a_day_is_its_midnight_in_utc(text: str) -> None:
    found = stated(text)
    assert found
    assert (found.at, found.precision) == (datetime(2026, 2, 3, tzinfo=UTC), Precision.DAY)


def test_a_month_is_a_month() -> None:
    found = stated("2026-02")
    assert found
    assert (found.at, found.precision) == (datetime(2026, 2, 1, tzinfo=UTC), Precision.MONTH)


def test_the_publishers_day_is_kept_beside_the_moment() -> None:
    found = stated("2026-02-03T22:30:00-05:00")
    assert found
    assert (found.at.date(), found.day) == (date(2026, 2, 4), date(2026, 2, 3))


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "2026",
        "yesterday",
        "3/4/2026",
        "1970-01-01",
        "0000-00-00",
        "2026-13-40",
        "May 2026 be kind",
        "99999999999999",
    ],
)
def test_what_is_no_date_or_two_is_none(text: object) -> None:
    assert stated(text) is None


def test_the_future_and_the_distant_past_are_not_believed() -> None:
    assert believed(MOMENT, MOMENT - timedelta(hours=20)) == MOMENT
    assert believed(MOMENT, MOMENT - timedelta(days=2)) is None
    assert believed(datetime(1970, 1, 1, tzinfo=UTC), MOMENT) is None
    assert believed(None, MOMENT) is None


def test_seconds_since_1970() -> None:
    assert from_epoch(0) is None
    assert from_epoch(True) is None
    assert from_epoch("1771574400") is None
    assert from_epoch(1e300) is None
    assert from_epoch(float("nan")) is None
    assert from_epoch(1771574400) == datetime(2026, 2, 20, 8, tzinfo=UTC)


@given(st.text(max_size=60) | st.from_regex(r"\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}[T ]?\d{0,2}:?\d{0,2}[+-]?\d{0,4}"))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = stated(text)
    assert found is None or found.at.tzinfo is UTC
