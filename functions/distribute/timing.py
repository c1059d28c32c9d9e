"""The schedules of a call: set when it is assigned, moved with it, dropped when it is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from precall.before_call import MOMENTS, Moment, schedule_name, timetable
from precall.events import BriefDue
from precall.model import Assignment, Lead
from precall.schedules import Schedules

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Timing:
    """Sets what is to happen before a call."""

    schedules: Schedules

    def begin(self, lead: Lead, assignment: Assignment, config: Config, now: datetime) -> None:
        """Set the moments of a new call; setting them twice is setting them once. A replayed lead's lie in the past."""
        for moment, at in self._ahead(lead, assignment, config, now).items():
            self.schedules.put(schedule_name(lead.id, moment), at, _due(lead, assignment, moment, at))

    def change(self, lead: Lead, assignment: Assignment, config: Config, now: datetime) -> None:
        """Move the moments of a call to where they are now, and drop those that there are no more."""
        ahead = self._ahead(lead, assignment, config, now)
        for moment in MOMENTS:
            if moment not in ahead:
                self.schedules.cancel(schedule_name(lead.id, moment))
        self.begin(lead, assignment, config, now)

    def _ahead(self, lead: Lead, assignment: Assignment, config: Config, now: datetime) -> dict[Moment, datetime]:
        if lead.as_of or assignment.cancelled:
            return {}
        return timetable(config, assignment.rep.email, assignment.call_at).moments(now)


def _due(lead: Lead, assignment: Assignment, moment: Moment, at: datetime) -> BriefDue:
    return BriefDue(
        lead_id=lead.id, correlation_id=lead.correlation_id, at=at, moment=moment, call_at=assignment.call_at
    )
