"""One execution of the workflow does a research, and tells one end of it, however often it was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from precall.clock import Clock
from precall.errors import ResearchRepeated
from precall.events import BriefReady, ResearchFailed
from precall.facts import Facts
from precall.flights import Flights, Seat
from precall.model import ResearchTask

LEASE = timedelta(minutes=15)
"""How long another execution keeps off: an express one lives for five minutes at most, and by then the lead's trail has
long known how it ended. After that the research of one that vanished may be done by whoever is asked for it again."""


@dataclass(frozen=True)
class Claims:
    """Where an execution says that it does a research, as a flight of its own."""

    facts: Facts
    flights: Flights
    clock: Clock

    def take(self, task: ResearchTask) -> None:
        """The research is the task's execution's now; it may take it again. ResearchRepeated where it is another's, or
        the trail has its end; StorageUnavailable."""
        if self._has_ended(task):
            raise ResearchRepeated(f"research {task.research_id} has ended; whoever wants it again asks for a new one")
        now, lease = (round(1000 * seconds) for seconds in (self.clock().timestamp(), LEASE.total_seconds()))
        if self.flights.board(f"research-{task.research_id}", task.execution, now, lease) is not Seat.PILOT:
            raise ResearchRepeated(f"research {task.research_id} is under way in another execution")

    def _has_ended(self, task: ResearchTask) -> bool:
        ends = (kind.id_of(task.lead_id, task.research_id) for kind in (BriefReady, ResearchFailed))
        return any(self.facts.recorded(task.lead_id, end) for end in ends)
