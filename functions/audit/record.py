"""Everything known about one lead, put together for a reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.prep import Prep, prep
from audit.words import prep_line
from precall.clock import Clock
from precall.errors import LeadNotFound
from precall.events import BriefReady, Event, LeadAcquired
from precall.facts import Facts
from precall.model import Assignment, Lead


@dataclass(frozen=True)
class Record:
    """Everything known about a lead. `lead` and `assignment` go earlier than the trail."""

    lead_id: str
    lead: Lead | None
    assignment: Assignment | None
    events: list[Event]

    def prep(self, clock: Clock) -> Prep:
        """The state of the call's preparation now."""
        call_at = self.assignment.call_at if self.assignment else None
        return prep(self.events, call_at, clock(), self.lead.as_of if self.lead else None)

    @property
    def zone(self) -> str:
        """The rep's time zone; UTC while there is no rep."""
        return self.assignment.rep.time_zone if self.assignment else "UTC"

    @property
    def title(self) -> str:
        """The prospect's name, as far as it is (still) known."""
        if self.lead and self.lead.prospect:
            return self.lead.prospect.label
        names = [event.prospect for event in self.events if isinstance(event, LeadAcquired) and event.prospect]
        return names[0] if names else f"Lead {self.lead_id}"

    @property
    def briefed_by(self) -> str | None:
        """The research whose brief was ready last."""
        ready = [event.research_id for event in self.events if isinstance(event, BriefReady)]
        return ready[-1] if ready else None


def record_of(facts: Facts, lead_id: str) -> Record:
    """Everything known about a lead; LeadNotFound when that is nothing."""
    events = facts.trail(lead_id)
    try:
        lead = facts.lead(lead_id)
    except LeadNotFound:
        if not events:
            raise
        lead = None
    return Record(lead_id, lead, facts.assignment(lead_id), events)


def about(record: Record, event: Callable[..., Event], at: datetime, **facts: object) -> Event:
    """An `event` that happened to the record's lead."""
    correlation_id = record.events[0].correlation_id if record.events else record.lead_id
    return event(lead_id=record.lead_id, correlation_id=correlation_id, at=at, **facts)


def as_json(record: Record, state: Prep) -> str:
    """`{lead, assignment, prep, events}`: models as JSON, `prep` with its line `says`; what is gone is null."""
    shown: dict[str, Any] = {
        "lead": record.lead.model_dump(mode="json") if record.lead else None,
        "assignment": record.assignment.model_dump(mode="json") if record.assignment else None,
        "prep": {**state.model_dump(mode="json"), "says": prep_line(state)},
        "events": [event.model_dump(mode="json") for event in record.events],
    }
    return json.dumps(shown, ensure_ascii=False)
