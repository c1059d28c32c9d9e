"""When a rep is at work, on the rep's own wall clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from precall.config import WEEKDAYS, Manager, Rep

if TYPE_CHECKING:
    from precall.config import Config

NEVER_OFF: frozenset[date] = frozenset()


def works_on(rep: Rep, day: date, off: Collection[date] = NEVER_OFF) -> bool:
    """Whether a day (the rep's own date) is one of the rep's working days, and none of the days `off`."""
    return WEEKDAYS[day.weekday()] in rep.hours.days and day not in off


def works_at(rep: Rep, moment: datetime, off: Collection[date] = NEVER_OFF) -> bool:
    """Whether `moment` lies within the rep's working hours."""
    local = moment.astimezone(rep.zone)
    return works_on(rep, local.date(), off) and rep.hours.start <= local.time() < rep.hours.end


def colleagues(config: Config) -> Iterator[Rep]:
    """Everybody who may be told something: the reps, and managers who are none, at work at the usual hours."""
    reps = {rep.email.casefold() for rep in config.reps}
    yield from config.reps
    yield from (_at_usual_hours(one, config) for one in config.managers if one.email.casefold() not in reps)


def colleague(config: Config, address: str) -> Rep | None:
    """The one with this address (in any case), if that is somebody in the team."""
    return next((one for one in colleagues(config) if one.email.casefold() == address.casefold()), None)


def _at_usual_hours(manager: Manager, config: Config) -> Rep:
    return Rep(name=manager.name, email=manager.email, time_zone=str(config.zone_of(manager)))


def may_be_told(config: Config, rep: Rep, moment: datetime) -> bool:
    """Whether an alert may reach the rep at `moment`: at work, and not in the team's quiet hours."""
    quiet = config.listening.quiet
    return works_at(rep, moment, config.days_off(rep)) and not (
        quiet and quiet.covers(moment.astimezone(rep.zone).time())
    )
