"""Tallies of weeks: days that are over are counted once, and again only when one of their calls has changed.

A week's tally is kept too, as long as none of its days changes: half a year is 26 small items.
All are kept with what they were counted of (how often each day had changed), so that an old one is seen to be old,
whoever wrote it when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar

from precall.calls import Calls
from precall.figures import week_of
from precall.model.call import Call
from precall.tallies import Counted, Span, Tallies
from precall.tally import Tally, added, kept, margins, read, tally_of

AT_ONCE = 40
"""How many days are counted for one page at most: after a bulk of changes the next looks count on."""
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


LARGEST = 300_000
"""Bytes of a packed tally from which on it is not kept (an item has 400 KB): it is added up again at each look."""
T = TypeVar("T")


@dataclass(frozen=True)
class Sort(Generic[T]):
    """What is counted of calls: how, how it adds up, how it is packed; the name that a day is kept under, and those of
    a week, each with what is made of the week's tally for it."""

    day: Span
    views: Mapping[Span, Callable[[T], T]]
    of: Callable[[Iterable[Call], datetime], T]
    added: Callable[[Iterable[T]], T]
    kept: Callable[[T], bytes]
    read: Callable[[bytes], T]


PREP = Sort[Tally]("day", {"week": lambda whole: whole, "margins": margins}, tally_of, added, kept, read)
"""How calls were prepared."""


@dataclass(frozen=True)
class Weeks(Generic[T]):
    """The tally of each week (by its Monday) that has calls; `waiting` days are out of date, and left out."""

    tallies: dict[date, T]
    waiting: int


@dataclass(frozen=True)
class Counting(Generic[T]):
    """Counts weeks. Errors: StorageUnavailable."""

    calls: Calls
    tallies: Tallies
    sort: Sort[T]

    def weeks(self, first: date, now: datetime, view: Span) -> Weeks[T]:
        """The weeks (UTC) from that of `first` to that of `now`, without days ahead, as one of the sort's views; the
        newest are counted first."""
        first, last = week_of(first), now.date()
        changes = _by_week(self.tallies.changes(first, last))
        known = self.tallies.counted(view, first, last)
        held = [monday for monday, days in changes.items() if _holds(known, monday, days)]
        tallies = {monday: self.sort.read(known[monday].packed) for monday in held}
        stale = sorted(changes.keys() - tallies.keys(), reverse=True)
        of_days = self.tallies.counted(self.sort.day, stale[-1], last) if stale else {}
        room, waiting = AT_ONCE, 0
        for monday in stale:
            fresh = [day for day in changes[monday] if not _holds(of_days, day, {day: changes[monday][day]})]
            left = len(fresh[room:])
            tally = self._week(changes[monday], fresh[:room], of_days, now)
            tallies[monday] = self.sort.views[view](tally)
            if not left and _is_over(monday + _WEEK, now):
                for name, made in self.sort.views.items():
                    self._keep(name, monday, changes[monday], made(tally), now)
            room, waiting = max(0, room - len(fresh)), waiting + left
        return Weeks(dict(sorted(tallies.items())), waiting)

    def _week(self, days: Mapping[date, int], fresh: list[date], of_days: Mapping[date, Counted], now: datetime) -> T:
        """What is kept of the days, and the `fresh` ones counted."""
        held = [self.sort.read(of_days[day].packed) for day in days if _holds(of_days, day, {day: days[day]})]
        return self.sort.added([*held, *(self._day(day, days[day], now) for day in fresh)])

    def _day(self, day: date, changes: int, now: datetime) -> T:
        tally = self.sort.of(self.calls.on(day), now)
        if _is_over(day + _DAY, now):
            self._keep(self.sort.day, day, {day: changes}, tally, now)
        return tally

    def _keep(self, span: Span, begins: date, days: Mapping[date, int], tally: T, now: datetime) -> None:
        packed = self.sort.kept(tally)
        if len(packed) <= LARGEST:
            self.tallies.count(span, begins, Counted(mark(days), packed), now)


def mark(days: Mapping[date, int]) -> str:
    """What a tally was counted of: how often each of its days had changed."""
    return " ".join(f"{day:%m-%d}={days[day]}" for day in sorted(days))


def _holds(known: Mapping[date, Counted], begins: date, days: Mapping[date, int]) -> bool:
    return begins in known and known[begins].of == mark(days)


def _by_week(changes: Mapping[date, int]) -> dict[date, dict[date, int]]:
    """Days by their week, the newest first."""
    found: dict[date, dict[date, int]] = defaultdict(dict)
    for day in sorted(changes, reverse=True):
        found[week_of(day)][day] = changes[day]
    return found


def _is_over(end: date, now: datetime) -> bool:
    return now >= datetime.combine(end, time(), tzinfo=UTC)
