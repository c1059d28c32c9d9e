"""Tallies of weeks: days that are over are counted once, and again only when one of their calls has changed.

A week's tally is kept too, as long as none of its days changes, and so are its margins: half a year is 26 small items.
All are kept with what they were counted of (how often each day had changed), so that an old one is seen to be old,
whoever wrote it when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from precall.calls import Calls
from precall.figures import week_of
from precall.tallies import Counted, Tallies
from precall.tally import Tally, added, kept, margins, read, tally_of

AT_ONCE = 40
"""How many days are counted for one page at most: after a bulk of changes the next looks count on."""
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True)
class Weeks:
    """The tally of each week (by its Monday) that has calls; `waiting` days are out of date, and left out."""

    tallies: dict[date, Tally]
    waiting: int


@dataclass(frozen=True)
class Counting:
    """Counts weeks. Errors: StorageUnavailable."""

    calls: Calls
    tallies: Tallies

    def weeks(self, first: date, now: datetime, whole: bool = True) -> Weeks:
        """The weeks (UTC) from that of `first` to that of `now`, without days ahead; the newest are counted first.

        Where not the `whole` is asked for, their `margins`.
        """
        first, last = week_of(first), now.date()
        changes = _by_week(self.tallies.changes(first, last))
        known = self.tallies.counted("week" if whole else "margins", first, last)
        held = [monday for monday, days in changes.items() if _holds(known, monday, days)]
        tallies = {monday: read(known[monday].packed) for monday in held}
        stale = sorted(changes.keys() - tallies.keys(), reverse=True)
        of_days = self.tallies.counted("day", stale[-1], last) if stale else {}
        room, waiting = AT_ONCE, 0
        for monday in stale:
            fresh = [day for day in changes[monday] if not _holds(of_days, day, {day: changes[monday][day]})]
            left = len(fresh[room:])
            tally = self._week(changes[monday], fresh[:room], of_days, now)
            tallies[monday] = tally if whole else margins(tally)
            if not left and _is_over(monday + _WEEK, now):
                self._keep(monday, mark(changes[monday]), tally, now)
            room, waiting = max(0, room - len(fresh)), waiting + left
        return Weeks(dict(sorted(tallies.items())), waiting)

    def _keep(self, monday: date, of: str, tally: Tally, now: datetime) -> None:
        self.tallies.count("week", monday, Counted(of, kept(tally)), now)
        self.tallies.count("margins", monday, Counted(of, kept(margins(tally))), now)

    def _week(
        self, days: Mapping[date, int], fresh: list[date], of_days: Mapping[date, Counted], now: datetime
    ) -> Tally:
        """What is kept of the days, and the `fresh` ones counted."""
        held = [read(of_days[day].packed) for day in days if _holds(of_days, day, {day: days[day]})]
        return added([*held, *(self._day(day, days[day], now) for day in fresh)])

    def _day(self, day: date, changes: int, now: datetime) -> Tally:
        tally = tally_of(self.calls.on(day), now)
        if _is_over(day + _DAY, now):
            self.tallies.count("day", day, Counted(mark({day: changes}), kept(tally)), now)
        return tally


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
