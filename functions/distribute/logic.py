"""Giving a lead to a rep, with a call time: the assignment that is told to the others starts the research."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from distribute.routing import route
from distribute.slots import next_slot
from distribute.timing import Timing
from precall.bus import Bus
from precall.clock import Clock
from precall.config import Config, Rep
from precall.crm import CrmObjectMissing, adapter
from precall.errors import InvalidLead
from precall.events import LeadAcquired, LeadAssigned, LeadRejected
from precall.facts import Facts
from precall.fetch import Door
from precall.ids import derived_id
from precall.model import Assignee, Assignment, CallFrom, Lead
from precall.secrets import Secrets

SUPPRESSED = "they are on the suppression list, so nothing is looked up about them"


@dataclass(frozen=True)
class Distribution:
    """The step, with what it reads and writes."""

    facts: Facts
    bus: Bus
    config: Callable[[], Config]
    secrets: Secrets
    open_door: Callable[[Config], AbstractAsyncContextManager[Door]]
    timing: Timing
    clock: Clock

    def distribute(self, event: LeadAcquired) -> LeadAssigned | LeadRejected:
        """Assign the lead, once however often it is told of; what came of it is on the bus afterwards.

        A lead that nobody can research, or that its CRM has deleted, is rejected. Transient errors, CrmRefused and
        InvalidConfiguration leave everything to the next try.
        """
        lead = self.facts.lead(event.lead_id)
        try:
            if self._is_suppressed(lead) or self._is_suppressed(lead := self._completed(lead)):
                return self._kept_out(event, lead)
        except (InvalidLead, CrmObjectMissing) as error:
            outcome: LeadAssigned | LeadRejected = self._rejected(event, str(error))
        else:
            held = self.facts.assignment(lead.id) or self._assign(lead)
            self.timing.begin(lead, held, self.config(), self.clock())
            outcome = self._assigned(event, held)
        self.bus.publish(outcome)
        return outcome

    def _is_suppressed(self, lead: Lead) -> bool:
        """Also one that came whole and has lost its prospect: it was kept out before."""
        came_whole = adapter(lead.crm).token is None
        return (came_whole and lead.prospect is None) or self.facts.suppressed(lead)

    def _kept_out(self, event: LeadAcquired, lead: Lead) -> LeadRejected:
        """A lead about somebody who asked to be forgotten: what it says is dropped, and nobody looks into it."""
        self.facts.complete_lead(lead.model_copy(update={"prospect": None, "activities": (), "owner_email": None}))
        outcome = self._rejected(event, SUPPRESSED)
        self.bus.publish(outcome)
        return outcome

    def _completed(self, lead: Lead) -> Lead:
        """The lead with its prospect; what was read back is stored, so that a second try reads the same."""
        if lead.prospect:
            return lead
        lead = asyncio.run(self._read_back(lead))
        self.facts.complete_lead(lead)
        return lead

    async def _read_back(self, lead: Lead) -> Lead:
        crm = adapter(lead.crm)
        token = self.secrets.all(crm.token)[0] if crm.token else ""
        async with self.open_door(self.config()) as door:
            return await crm.read_back(lead, door, token)

    def _assign(self, lead: Lead) -> Assignment:
        """A new assignment; the other's where another message about the lead was faster."""
        config, now = self.config(), self.clock()
        chosen = route(lead, config.reps, self.facts.next_turn)
        call_at, call_from = call_time(lead, chosen.rep, lead.as_of or now)
        assignment = Assignment(
            lead_id=lead.id,
            research_id=derived_id("research", lead.id, call_at.isoformat()),
            rep=Assignee(
                name=chosen.rep.name,
                email=chosen.rep.email,
                time_zone=chosen.rep.time_zone,
                locale=chosen.rep.locale,
            ),
            reason=chosen.reason,
            call_at=call_at,
            call_from=call_from,
            assigned_at=now,
        )
        return self.facts.assign(assignment, config.retention.documents)

    def _assigned(self, event: LeadAcquired, held: Assignment) -> LeadAssigned:
        return LeadAssigned(
            lead_id=held.lead_id,
            correlation_id=event.correlation_id,
            at=self.clock(),
            research_id=held.research_id,
            rep=held.rep.email,
            rep_name=held.rep.name,
            reason=held.reason,
            call_at=held.call_at,
        )

    def _rejected(self, event: LeadAcquired, reason: str) -> LeadRejected:
        return LeadRejected(
            lead_id=event.lead_id, correlation_id=event.correlation_id, at=self.clock(), crm=event.crm, reason=reason
        )


def call_time(lead: Lead, rep: Rep, now: datetime) -> tuple[datetime, CallFrom]:
    """The lead's own call time, even a past one (then the brief is missed, and that is on record); the CRM's next
    planned activity, if it lies ahead; else the rep's next working slot."""
    read_back = adapter(lead.crm).token is not None
    if lead.call_at and not read_back:
        return lead.call_at, "lead"
    if lead.call_at and lead.call_at > now:
        return lead.call_at, "crm"
    return next_slot(rep, now), "next working slot"
