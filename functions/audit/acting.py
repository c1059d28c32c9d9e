"""What a manager does about a call with one click: remind the rep, research again, give the lead to another rep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.people import Person
from audit.render import Answer, message, page, redirect
from precall.bus import Bus
from precall.clock import Clock, for_people
from precall.events import ReassignmentAsked, ResearchAsked
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Assignment, Lead
from precall.post import NudgeAsked, Post

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Acting:
    """Everything that it needs is a port. Errors: StorageUnavailable, MailUnavailable, BusUnavailable, LeadNotFound."""

    facts: Facts
    bus: Bus
    post: Post
    config: Callable[[], Config]
    clock: Clock

    def act(self, person: Person, form: Mapping[str, str]) -> Answer:
        """Do what the `action` of the form says about its `lead`, and show the day again."""
        lead_id, action = form.get("lead", ""), form.get("action", "")
        held = self.facts.assignment(lead_id) if person.manager else None
        if held is None or held.cancelled or not self._done(person, action, held, form.get("to", "")):
            return message(400, "That cannot be done", "Please use the buttons on the page of today's calls.")
        return redirect(f"today?did={action}")

    def choice(self, person: Person, lead_id: str) -> Answer:
        """The page that asks who takes a lead's call."""
        held = self.facts.assignment(lead_id) if person.manager else None
        if held is None:
            return message(404, "There is no such call", "It was erased, or is not yours to give.")
        lead = self.facts.lead(lead_id)
        return page(
            "give.html",
            person=person,
            here="",
            held=held,
            who=lead.prospect.label if lead.prospect else "the lead",
            when=for_people(held.call_at, held.rep.time_zone),
            reps=[rep for rep in self.config().reps if rep.email != held.rep.email],
        )

    def _done(self, person: Person, action: str, held: Assignment, to: str) -> bool:
        """Whether the action is one that there is."""
        lead = self.facts.lead(held.lead_id)
        if action == "nudge":
            self.post.ask(NudgeAsked(lead_id=lead.id, by=person.email, at=self.clock()))
        elif action == "research":
            self.bus.publish(self._research(person, lead))
        elif action == "reassign" and to in {rep.email for rep in self.config().reps}:
            self.bus.publish(self._reassignment(person, lead, to))
        else:
            return False
        return True

    def _research(self, person: Person, lead: Lead) -> ResearchAsked:
        ask = self._ask(person, lead, "research")
        return ResearchAsked(
            lead_id=lead.id,
            correlation_id=lead.correlation_id,
            at=self.clock(),
            research_id=derived_id("research", lead.id, ask),
            ask=ask,
            reason=f"{person.name} asked for it",
        )

    def _reassignment(self, person: Person, lead: Lead, to: str) -> ReassignmentAsked:
        return ReassignmentAsked(
            lead_id=lead.id,
            correlation_id=lead.correlation_id,
            at=self.clock(),
            to=to,
            by=person.email,
            ask=self._ask(person, lead, f"reassign to {to}"),
        )

    def _ask(self, person: Person, lead: Lead, what: str) -> str:
        """The wish's own name: the same within a minute, so that a double click is one."""
        return derived_id("manager", person.email, lead.id, what, f"{self.clock():%Y-%m-%dT%H:%M}")
