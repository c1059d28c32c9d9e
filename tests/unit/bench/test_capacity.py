"""What a limit does to a day of leads."""

from __future__ import annotations

import numpy as np
import pytest

from bench.capacity import DAY, Wall, _day, _share, _wait

STEADY = np.full(DAY, 2)


def test_what_goes_through_does_not_wait() -> None:
    assert _wait(Wall("x", rate=2, units=1), STEADY) == 0


def test_a_line_grows_by_what_does_not_go_through() -> None:
    rush = np.zeros(DAY, dtype=np.int64)
    rush[100] = 50
    assert _wait(Wall("x", rate=10, units=1), rush) == pytest.approx(4)
    assert _wait(Wall("x", rate=10, units=1, burst=50), rush) == 0


def test_a_daily_quota_is_there_to_be_used_at_once_and_then_gone() -> None:
    wall = Wall("x", rate=100 / DAY, units=1, burst=100)
    assert _share(wall, STEADY) == pytest.approx(200 / STEADY.sum(), rel=0.02)
    assert _share(Wall("x", rate=2, units=1), STEADY) == 1


def test_a_day_has_its_leads_and_is_the_same_every_time() -> None:
    assert _day(100_000).sum() == pytest.approx(100_000, rel=0.02)
    assert (_day(1000) == _day(1000)).all()
    assert _day(100_000)[3600 * 9 : 3600 * 10].sum() > 5 * _day(100_000)[:3600].sum()
