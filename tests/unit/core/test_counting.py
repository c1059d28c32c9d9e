"""Tallies of weeks: exact whatever happens again or late, counted once while nothing changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from precall.counting import AT_ONCE, PREP, Counting
from precall.figures import prepared, week_of
from precall.model.call import Call
from precall.tally import Tally, summed, tally_of
from tests.fakes import FakeCalls, FakeTallies
from tests.unit.core.test_figures import call

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
FIRST = date(2026, 1, 5)


class WatchedCalls(FakeCalls):
    """Remembers which days were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[date] = []

    def on(self, day: date) -> list[Call]:
        self.asked.append(day)
        return super().on(day)


def world() -> tuple[WatchedCalls, FakeTallies, Counting[Tally]]:
    calls = WatchedCalls()
    tallies = FakeTallies(calls)
    return calls, tallies, Counting(calls, tallies, PREP)


def of(lead_id: str, days_ago: int, state: str = "briefed") -> Call:
    return call(lead_id=lead_id, call_at=NOW - timedelta(days=days_ago, hours=1), state=state)


def share(tallies: dict[date, Tally]) -> tuple[int, int]:
    found = prepared(summed(group for tally in tallies.values() for group in tally.groups))
    return found.part, found.whole


def test_days_that_are_over_are_counted_once_and_their_week_is_kept() -> None:
    calls, tallies, counting = world()
    calls.put(of("a", 0, "acknowledged"), 1, 730)
    calls.put(of("b", 8), 1, 730)
    for _ in range(2):
        assert share(counting.weeks(FIRST, NOW, "week").tallies) == (1, 2)
    today = NOW.date()
    assert calls.asked == [today, today - timedelta(days=8), today]
    assert [span for span, _ in tallies.known] == ["day", "week", "margins"]


def test_the_margins_of_weeks_are_those_of_the_whole() -> None:
    calls, _, counting = world()
    for number, state in enumerate(("acknowledged", "briefed", "acknowledged")):
        calls.put(of(f"lead-{number}", 6 * number, state), 1, 730)
    for _ in range(2):
        found = counting.weeks(FIRST, NOW, "margins").tallies
        only = {monday: Tally([group for group in tally.groups if group.source]) for monday, tally in found.items()}
        assert share(only) == share(counting.weeks(FIRST, NOW, "week").tallies) == (2, 3)


def test_a_change_is_counted_and_one_that_comes_again_is_not() -> None:
    calls, _, counting = world()
    calls.put(of("a", 8), 1, 730)
    assert share(counting.weeks(FIRST, NOW, "week").tallies) == (0, 1)
    for _ in range(2):
        calls.put(of("a", 8, "acknowledged"), 2, 730)
        assert share(counting.weeks(FIRST, NOW, "week").tallies) == (1, 1)


def test_a_tally_that_was_written_late_is_not_believed() -> None:
    calls, tallies, counting = world()
    calls.put(of("a", 8), 1, 730)
    counting.weeks(FIRST, NOW, "week")
    old = dict(tallies.known)
    calls.put(of("a", 8, "acknowledged"), 2, 730)
    counting.weeks(FIRST, NOW, "week")
    tallies.known.update(old)  # somebody who began to count before the change ends after it
    assert share(counting.weeks(FIRST, NOW, "week").tallies) == (1, 1)


def test_after_a_bulk_of_changes_each_look_counts_on() -> None:
    calls, _, counting = world()
    for days_ago in range(60):
        calls.put(of(f"lead-{days_ago}", days_ago), 1, 730)
    first = counting.weeks(FIRST, NOW, "week")
    assert (share(first.tallies)[1], first.waiting) == (AT_ONCE, 20)
    second = counting.weeks(FIRST, NOW, "week")
    assert (share(second.tallies)[1], second.waiting) == (60, 0)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 40), st.sampled_from(["briefed", "acknowledged"]),
                          st.integers(1, 9), st.booleans()), max_size=25))  # fmt: skip
def test_whatever_comes_in_whatever_order_the_tallies_are_those_of_the_calls(
    changes: list[tuple[int, int, str, int, bool]],
) -> None:
    calls, _, counting = world()
    for lead, days_ago, state, events, look in changes:
        calls.put(of(f"lead-{lead}", days_ago, state), events, 730)
        if look:
            counting.weeks(FIRST, NOW, "week")
    found = counting.weeks(FIRST, NOW, "week").tallies
    for monday, tally in found.items():
        inside = [held for _, held in calls.known.values() if week_of(held.call_at.date()) == monday]
        assert summed(tally.groups).states == summed(tally_of(inside, NOW).groups).states
    assert share(found)[1] == len(calls.known)
