"""The tallies of days: those that are over are counted once, and again only when one of their calls has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from precall.calls import Calls
from precall.figures import Tally, kept, read, tally_of

AT_ONCE = 40
"""How many days are counted for one page at most: after a bulk of changes the next looks count on."""


@dataclass(frozen=True)
class Counted:
    """The tally of each day (UTC) that has calls; of `waiting` more the tally is out of date, they are left out."""

    days: dict[date, Tally]
    waiting: int


@dataclass(frozen=True)
class Days:
    """Counts days. Errors: StorageUnavailable."""

    calls: Calls

    def between(self, first: date, last: date, now: datetime) -> Counted:
        """The days from `first` to `last`, none of them ahead; the newest are counted first."""
        known = self.calls.tallies(first, min(last, now.date()))
        days = {day: read(doc) for day, (_, doc) in known.items() if doc is not None}
        old = sorted((day for day in known if day not in days), reverse=True)
        for day in old[:AT_ONCE]:
            days[day] = self._count(day, known[day][0], now)
        return Counted(dict(sorted(days.items())), len(old[AT_ONCE:]))

    def _count(self, day: date, changes: int, now: datetime) -> Tally:
        tally = tally_of(self.calls.on(day), now)
        if now >= datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC):
            self.calls.count(day, changes, kept(tally))
        return tally
