"""The brief is ready, or will not be: the rep is told before the call, once, and the trail knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliver.mail import Mail, brief_mail
from deliver.notice import notice_mail
from deliver.once import Once, mail_key
from deliver.ses import Mailer
from precall.bus import Bus
from precall.clock import Clock
from precall.config import Config
from precall.documents import Documents, load, research_key
from precall.errors import DocumentNotFound, LeadNotFound, MailRefused, Permanent
from precall.events import BriefMissed, BriefReady, BriefSent, ResearchFailed
from precall.facts import Facts
from precall.model import Assignment, Brief, Lead

Outcome = BriefSent | BriefMissed


class CallIsOver(Permanent):
    """The call has begun: nothing is sent any more."""


@dataclass(frozen=True)
class Delivery:
    """Sends what a research came to. Everything that it needs is a port."""

    facts: Facts
    documents: Documents
    config: Callable[[], Config]
    bus: Bus
    mailer: Mailer
    once: Once
    clock: Clock

    def deliver(self, event: BriefReady | ResearchFailed) -> Outcome:
        """Mail the brief, or the notice that there is none, and publish what came of it.

        Harmless to repeat: a mail that is out is published again, not sent again. Errors: StorageUnavailable,
        BusUnavailable, MailUnavailable (worth a redelivery), LeadNotFound, InvalidConfiguration.
        """
        lead = self.facts.lead(event.lead_id)
        assignment = self._assignment(event.lead_id)
        kind = "brief" if isinstance(event, BriefReady) else "notice"
        key = mail_key(kind, event.lead_id, assignment.call_at)
        try:
            outcome: Outcome = self.once.send(key, lambda: self._send(event, lead, assignment))
        except (CallIsOver, MailRefused, DocumentNotFound) as error:
            outcome = self._missed(event, assignment, str(error))
        self.bus.publish(outcome)
        return outcome

    def _assignment(self, lead_id: str) -> Assignment:
        assignment = self.facts.assignment(lead_id)
        if assignment is None:
            raise LeadNotFound(f"lead {lead_id} has no assignment: it was erased, or never distributed")
        return assignment

    def _send(self, event: BriefReady | ResearchFailed, lead: Lead, assignment: Assignment) -> BriefSent:
        left = time_before(assignment.call_at, lead.as_of or self.clock())
        message_id = self.mailer.send(self._mail(event, lead, assignment))
        return BriefSent(
            lead_id=event.lead_id,
            correlation_id=event.correlation_id,
            at=self.clock(),
            research_id=event.research_id,
            to=assignment.rep.email,
            call_at=assignment.call_at,
            message_id=message_id,
            minutes_before_call=int(left.total_seconds() // 60),
            notice_only=isinstance(event, ResearchFailed),
        )

    def _mail(self, event: BriefReady | ResearchFailed, lead: Lead, assignment: Assignment) -> Mail:
        config = self.config()
        if isinstance(event, ResearchFailed):
            return notice_mail(config, assignment, lead, event)
        html, text = (self.documents.get(_key(event, name)) for name in ("brief.html", "brief.txt"))
        return brief_mail(config, assignment, load(self.documents, _key(event, "brief.json"), Brief), text, html)

    def _missed(self, event: BriefReady | ResearchFailed, assignment: Assignment, reason: str) -> BriefMissed:
        return BriefMissed(
            lead_id=event.lead_id,
            correlation_id=event.correlation_id,
            at=self.clock(),
            research_id=event.research_id,
            call_at=assignment.call_at,
            reason=reason,
        )


def time_before(call_at: datetime, now: datetime) -> timedelta:
    """How long before the call it is; CallIsOver from its first moment on."""
    left = call_at - now
    if left > timedelta(0):
        return left
    minutes = int(-left.total_seconds() // 60)
    when = f"{minutes} minutes before" if minutes else "just"
    raise CallIsOver(f"the call had begun {when} when there was something to send")


def _key(event: BriefReady, name: str) -> str:
    return research_key(event.lead_id, event.research_id, name)
