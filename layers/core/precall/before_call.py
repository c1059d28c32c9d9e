"""What is due when before a call: the brief, a last look for news, the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field

from precall.ids import derived_id
from precall.model._base import Model

if TYPE_CHECKING:
    from precall.config import Config

Moment = Literal["lead time", "last look", "deadline"]
MOMENTS: tuple[Moment, ...] = ("lead time", "last look", "deadline")

IN_QUEUE = "queue"
"""The moment in which a lead that waits for a rep is looked at again."""
WORTH_A_LOOK = timedelta(minutes=30)
"""How long after the brief a last look is worth another research."""


class BeforeCall(Model):
    """When a brief goes out, in minutes before the call: `lead_minutes` (a rep may have another), at the latest
    `deadline_minutes`, then with whatever there is. One that is older than `fresh_hours` is researched again first.
    `last_look_minutes` before the call the sources are asked once more, for a story that broke since (0: never)."""

    lead_minutes: int = Field(default=60, ge=5, le=7 * 24 * 60)
    deadline_minutes: int = Field(default=5, ge=1, le=60)
    fresh_hours: int = Field(default=12, ge=1, le=30 * 24)
    last_look_minutes: int = Field(default=20, ge=0, le=24 * 60)


class Timetable(NamedTuple):
    """The moments of one call: absolute, so that neither time zones nor clock changes matter to them."""

    call_at: datetime
    lead: timedelta
    deadline_before: timedelta
    look_before: timedelta

    @property
    def send_at(self) -> datetime:
        """When the brief is due."""
        return self.call_at - self.lead

    def moments(self, now: datetime) -> dict[Moment, datetime]:
        """Those that lie ahead of `now`. A last look comes only when the brief is old enough for one by then."""
        look_at = self.call_at - self.look_before
        old_enough = look_at - max(self.send_at, now) >= WORTH_A_LOOK
        all_of_them: dict[Moment, datetime] = {
            "lead time": self.send_at,
            **({"last look": look_at} if old_enough and self.look_before > self.deadline_before else {}),
            "deadline": self.call_at - self.deadline_before,
        }
        return {name: moment for name, moment in all_of_them.items() if moment > now}


def timetable(config: Config, rep: str, call_at: datetime) -> Timetable:
    """The moments of a call of the `rep` with this address, by the team's settings and the rep's own lead time."""
    before = config.before_call
    own = next((one.lead_minutes for one in config.reps if one.email.casefold() == rep.casefold()), None)
    return Timetable(
        call_at=call_at,
        lead=timedelta(minutes=own or before.lead_minutes),
        deadline_before=timedelta(minutes=before.deadline_minutes),
        look_before=timedelta(minutes=before.last_look_minutes),
    )


def schedule_names(lead_id: str) -> tuple[str, ...]:
    """The names of all schedules that a lead may have."""
    return tuple(schedule_name(lead_id, moment) for moment in (*MOMENTS, IN_QUEUE))


def schedule_name(lead_id: str, moment: str) -> str:
    """The name of a lead's schedule for a moment: the same for every call time, so that a moved call moves it."""
    return f"{derived_id('schedule', lead_id)}-{moment.replace(' ', '-')}"
