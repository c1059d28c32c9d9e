"""The tallies of days: those that are over are counted once, and again only when one of their calls has changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from precall.calls import Calls
from precall.figures import Tally, tally_of


@dataclass(frozen=True)
class Days:
    """Counts days. Errors: StorageUnavailable."""

    calls: Calls

    def between(self, first: date, last: date, now: datetime) -> dict[date, Tally]:
        """The tally of each day (UTC) that has calls, from `first` to `last`."""
        known = self.calls.tallies(first, min(last, now.date()))
        return {day: self._tally(day, changes, doc, now) for day, (changes, doc) in known.items()}

    def _tally(self, day: date, changes: int, doc: str | None, now: datetime) -> Tally:
        if doc is not None:
            return Tally.model_validate_json(doc)
        tally = tally_of(self.calls.on(day), now)
        if _is_over(day, now):
            self.calls.count(day, changes, tally.model_dump_json(exclude_defaults=True))
        return tally


def _is_over(day: date, now: datetime) -> bool:
    return now >= datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
