"""Leads that nobody could be given: they wait in a queue, are looked at again, and the managers hear of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from precall.before_call import IN_QUEUE, schedule_name
from precall.model import Lead
from precall.schedules import Schedules

if TYPE_CHECKING:
    from precall.config import Config
    from precall.events import LeadEscalated, LeadQueued

AGAIN = timedelta(hours=1)
"""How often it is looked for somebody after the managers were told."""
FOR = timedelta(days=7)
"""How long; after that only a person takes the lead."""


@dataclass(frozen=True)
class Waiting:
    """Sets when a queued lead is looked at again, by bringing `lead.waited` to distribute's own queue."""

    schedules: Schedules

    def begin(self, lead: Lead, queue: str, config: Config) -> None:
        """Look at it when it has waited for as long as it may."""
        self._put(lead, queue, lead.acquired_at + timedelta(minutes=config.routing.take_within))

    def again(self, lead: Lead, queue: str, now: datetime) -> None:
        """… and later again."""
        if now - lead.acquired_at < FOR:
            self._put(lead, queue, now + AGAIN)

    def queued(self, lead: Lead, queue: str, reason: str, now: datetime) -> LeadQueued:
        """The lead waits, and why."""
        from precall.events import LeadQueued

        return LeadQueued(lead_id=lead.id, correlation_id=lead.correlation_id, at=now, queue=queue, reason=reason)

    def escalated(self, lead: Lead, queue: str, now: datetime) -> LeadEscalated:
        """Nobody took it in time."""
        from precall.events import LeadEscalated

        waited = int((now - lead.acquired_at).total_seconds() // 60)
        return LeadEscalated(
            lead_id=lead.id, correlation_id=lead.correlation_id, at=now, queue=queue, waited_minutes=waited
        )

    def _put(self, lead: Lead, queue: str, moment: datetime) -> None:
        from precall.events import LeadWaited

        event = LeadWaited(lead_id=lead.id, correlation_id=lead.correlation_id, at=moment, queue=queue)
        self.schedules.put(schedule_name(lead.id, IN_QUEUE), moment, event)
