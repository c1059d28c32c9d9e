"""When to call: slots of a quarter of an hour within a rep's working hours, on the rep's own wall clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from precall.config import WEEKDAYS, Rep

NOTICE = timedelta(minutes=15)
"""The least time between now and the call."""
SLOT = timedelta(minutes=15)
_HORIZON = 21
"""Days to look ahead: a rep who works one day a week may lose that day's hours to a clock change."""


def next_slot(rep: Rep, now: datetime) -> datetime:
    """The first slot (UTC) at least `NOTICE` after `now` that begins within the rep's working hours.

    Slots count from the start of the working hours on the wall clock. A wall time that a clock change skips is no
    slot; one that it repeats is two.
    """
    earliest = now.astimezone(UTC) + NOTICE
    first_day = earliest.astimezone(rep.zone).date()
    for ahead in range(_HORIZON):
        day = first_day + timedelta(days=ahead)
        slots = [slot for slot in _slots(rep, day) if slot >= earliest]
        if slots:
            return min(slots)
    raise AssertionError(f"no working hour of the rep exists within {_HORIZON} days")


def works_at(rep: Rep, moment: datetime) -> bool:
    """Whether `moment` lies within the rep's working hours."""
    local = moment.astimezone(rep.zone)
    return WEEKDAYS[local.weekday()] in rep.hours.days and rep.hours.start <= local.time() < rep.hours.end


def _slots(rep: Rep, day: date) -> Iterator[datetime]:
    if WEEKDAYS[day.weekday()] not in rep.hours.days:
        return
    for wall in _walls(day, rep.hours.start, rep.hours.end):
        for fold in (0, 1):
            local = wall.replace(tzinfo=rep.zone, fold=fold)
            moment = local.astimezone(UTC)
            if moment.astimezone(rep.zone).replace(tzinfo=None) == wall:  # else the clock skips this wall time
                yield moment


def _walls(day: date, start: time, end: time) -> Iterator[datetime]:
    """Wall times of the day's slots, naive."""
    wall, over = datetime.combine(day, start), datetime.combine(day, end)  # naive on purpose: a wall clock's reading
    while wall < over:
        yield wall
        wall += SLOT
