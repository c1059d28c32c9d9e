"""When to call: slots of ten minutes within a rep's working hours, on the rep's own wall clock."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from precall.at_work import NEVER_OFF, works_on
from precall.config import Rep

NOTICE = timedelta(minutes=5)
"""The least time between now and the call."""
SLOT = timedelta(minutes=10)
"""The length of a call. With the notice, a rep who is free at once calls within a quarter of an hour."""
_HORIZON = 60
"""Days to look ahead: a rep may be away for weeks, and work one day a week, whose hours a clock change may take."""


def next_slot(rep: Rep, now: datetime, off: Collection[date] = NEVER_OFF) -> datetime:
    """The first slot (UTC) at least `NOTICE` after `now` that begins within the rep's working hours, on none of the
    days `off`.

    Slots count from the start of the working hours on the wall clock. A wall time that a clock change skips is no
    slot; one that it repeats is two.
    """
    for _, slots in free_days(rep, now, off):
        return slots[0]
    raise AssertionError(f"no working hour of the rep exists within {_HORIZON} days")


def free_days(
    rep: Rep, now: datetime, off: Collection[date] = NEVER_OFF, days: int = 1
) -> Iterator[tuple[date, Sequence[datetime]]]:
    """The rep's next working days (the rep's own dates), each with its slots (UTC) at least `NOTICE` after `now`."""
    return islice(_days(rep, now.astimezone(UTC) + NOTICE, off), days)


def _days(rep: Rep, earliest: datetime, off: Collection[date]) -> Iterator[tuple[date, Sequence[datetime]]]:
    first = earliest.astimezone(rep.zone).date()
    for day in (first + timedelta(days=ahead) for ahead in range(_HORIZON)):
        slots = _slots(rep.time_zone, rep.hours.start, rep.hours.end, day) if works_on(rep, day, off) else ()
        if ahead := slots[bisect_left(slots, earliest) :]:
            yield day, ahead


@lru_cache(maxsize=4096)
def _slots(time_zone: str, start: time, end: time, day: date) -> tuple[datetime, ...]:
    """The day's slots in order."""
    zone, found = ZoneInfo(time_zone), set[datetime]()
    for wall in _walls(day, start, end):
        for fold in (0, 1):
            moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
            if moment.astimezone(zone).replace(tzinfo=None) == wall:  # else the clock skips this wall time
                found.add(moment)
    return tuple(sorted(found))


def _walls(day: date, start: time, end: time) -> Iterator[datetime]:
    """Wall times of the day's slots, naive."""
    wall, over = datetime.combine(day, start), datetime.combine(day, end)  # naive on purpose: a wall clock's reading
    while wall < over:
        yield wall
        wall += SLOT
