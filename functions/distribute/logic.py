"""Giving a lead to a rep, with a call time: the assignment that is told to the others starts the research."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from distribute.desk import Desk, Nobody
from distribute.pools import rep_called
from distribute.reading import Reading
from distribute.timing import Timing
from distribute.waiting import Waiting
from precall.bus import Bus
from precall.clock import Clock
from precall.crm.clients import READERS
from precall.crm.errors import CrmObjectMissing
from precall.crm.planned import PlannedCalls
from precall.errors import InvalidLead
from precall.events import Event, LeadAcquired, LeadAssigned, LeadRejected
from precall.facts import Facts
from precall.model import Assignment, Lead

if TYPE_CHECKING:
    from precall.config import Config
    from precall.events import LeadEscalated, LeadQueued, LeadWaited, ReassignmentAsked, ReassignmentRefused

    Outcome = LeadAssigned | LeadQueued | LeadRejected
T = TypeVar("T", bound=Event)
SUPPRESSED = "they are on the suppression list, so nothing is looked up about them"


@dataclass(frozen=True)
class Distribution:
    """The step, with what it reads and writes."""

    facts: Facts
    bus: Bus
    config: Callable[[], Config]
    reading: Reading
    planned: PlannedCalls
    desk: Desk
    timing: Timing
    waiting: Waiting
    clock: Clock

    def distribute(self, event: LeadAcquired, tries: int = 1) -> Outcome:
        """Assign the lead, once however often it is told of; what came of it is on the bus afterwards. `tries` counts
        how often the queue brought it, now included.

        A lead that nobody can research, or that its CRM has deleted, is rejected; one that nobody can be given waits in
        a queue. Transient errors, CrmRefused and InvalidConfiguration leave everything to the next try.
        """
        lead = self._admitted(event, tries)
        if isinstance(lead, Lead):
            return self._told(self._settled(lead, self.desk.give(lead)))
        self.desk.settle(event.lead_id)
        return lead

    def _admitted(self, event: LeadAcquired | ReassignmentAsked, tries: int) -> Lead | LeadRejected:
        """The lead with its prospect, unless nothing may or can be looked up about it: that is on the bus then."""
        lead = self.facts.lead(event.lead_id)
        try:
            if self._is_suppressed(lead) or self._is_suppressed(lead := self._completed(lead, tries)):
                return self._kept_out(lead)
        except (InvalidLead, CrmObjectMissing) as error:
            return self._told(self._rejected(lead, str(error)))
        return lead

    def waited(self, event: LeadWaited) -> Outcome | LeadEscalated | None:
        """Look again for somebody who can take a lead from its queue; the managers are told once that nobody could."""
        if self.facts.assignment(event.lead_id):
            self.desk.settle(event.lead_id)
            return None  # somebody took it
        lead = self.facts.lead(event.lead_id)
        found = self.desk.give(lead)
        if isinstance(found, Assignment):
            return self._told(self._settled(lead, found))
        self.waiting.again(lead, found.queue, self.clock())
        return self._told(self.waiting.escalated(lead, found.queue, self.clock()))

    def taken(self, event: ReassignmentAsked, tries: int = 1) -> Outcome | ReassignmentRefused:
        """Give a lead that has no rep yet to the one who takes it, or is to; a CRM may ask before it is distributed."""
        from distribute import telling

        rep = rep_called(event.to, self.config().reps)
        if rep is None:
            return self._told(telling.refused(event, telling.NO_REP.format(to=event.to)))
        lead = self._admitted(event, tries)
        if not isinstance(lead, Lead):
            self.desk.settle(event.lead_id)
            return lead
        return self._told(self._settled(lead, self.desk.give_to(lead, rep, f"taken by {telling.by(event)}")))

    def _settled(self, lead: Lead, found: Assignment | Nobody) -> LeadAssigned | LeadQueued:
        config, now = self.config(), self.clock()
        if isinstance(found, Nobody):
            self.waiting.begin(lead, found.queue, config)
            return self.waiting.queued(lead, found.queue, found.reason, now)
        self.timing.begin(lead, found, config, now)
        return self._assigned(lead, found)

    def _told(self, outcome: T) -> T:
        self.bus.publish(outcome)
        return outcome

    def _is_suppressed(self, lead: Lead) -> bool:
        """Also one that came whole and has lost its prospect: it was kept out before."""
        came_whole = lead.crm not in READERS
        return (came_whole and lead.prospect is None) or self.facts.suppressed(lead)

    def _kept_out(self, lead: Lead) -> LeadRejected:
        """A lead about somebody who asked to be forgotten: what it says is dropped, and nobody looks into it."""
        self.facts.complete_lead(lead.model_copy(update={"prospect": None, "activities": (), "owner_email": None}))
        return self._told(self._rejected(lead, SUPPRESSED))

    def _completed(self, lead: Lead, tries: int) -> Lead:
        """The lead with its prospect; what was read back is stored, so that a second try reads the same. Whose its
        planned call is, is remembered: later the CRM may tell only that the call moved."""
        found, failure = self.reading.complete(lead, tries)
        if failure:
            from precall.events import ReadBackFailed

            about = {"lead_id": lead.id, "correlation_id": lead.correlation_id, "crm": lead.crm}
            self._told(ReadBackFailed(**about, at=self.clock(), reason=failure))
        if found is not lead:
            self.facts.complete_lead(found)
            if found.call:
                until = self.clock() + timedelta(days=self.config().retention.documents)
                self.planned.remember(lead.crm, found.call, lead.id, until)
        return found

    def _assigned(self, lead: Lead, held: Assignment) -> LeadAssigned:
        return LeadAssigned(
            lead_id=held.lead_id,
            correlation_id=lead.correlation_id,
            at=self.clock(),
            research_id=held.research_id,
            rep=held.rep.email,
            rep_name=held.rep.name,
            reason=held.reason,
            call_at=held.call_at,
        )

    def _rejected(self, lead: Lead, reason: str) -> LeadRejected:
        return LeadRejected(
            lead_id=lead.id, correlation_id=lead.correlation_id, at=self.clock(), crm=lead.crm, reason=reason
        )
