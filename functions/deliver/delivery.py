"""The brief is ready, or will not be: the rep is told before the call, once, and the trail knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from deliver.addresses import Addresses
from deliver.letters import Case, Letters
from deliver.once import Once
from deliver.relay import Relay
from deliver.ses import Mailer
from precall.bus import Bus
from precall.clock import Clock
from precall.errors import DocumentNotFound, LeadNotFound, MailRefused, Permanent
from precall.events import BriefRelayed, BriefSent, ResearchFailed
from precall.facts import Facts

if TYPE_CHECKING:
    from precall.events import BriefMissed, BriefReady, Event

    Outcome = BriefSent | BriefRelayed | BriefMissed


class CallIsOver(Permanent):
    """The call has begun: nothing is sent any more."""


class Suppressed(Permanent):
    """The lead's person or company asked to be forgotten."""


@dataclass(frozen=True)
class Delivery:
    """Sends what a research came to. Everything that it needs is a port."""

    facts: Facts
    letters: Letters
    bus: Bus
    mailer: Mailer
    once: Once[BriefSent]
    addresses: Addresses
    relay: Relay
    clock: Clock

    def deliver(self, event: BriefReady | ResearchFailed) -> Outcome:
        """Mail the brief, or the notice that there is none, and publish what came of it.

        Where the mail is refused, the first other channel that takes it has it. Harmless to repeat: a mail that is
        out is published again, not sent again. Errors: StorageUnavailable, BusUnavailable, MailUnavailable,
        ChannelUnavailable (worth a redelivery), LeadNotFound, InvalidConfiguration.
        """
        failed = event if isinstance(event, ResearchFailed) else None
        return self.send(self.case(event, event.research_id, failed))

    def send(self, case: Case) -> Outcome:
        """See `deliver`."""
        try:
            outcome: Outcome = self.once.send(case.key, self._send(case))
        except (CallIsOver, Suppressed, DocumentNotFound) as error:
            outcome = case.missed(self.clock(), str(error))
        except MailRefused as error:
            return self._otherwise(case, str(error))
        self.bus.publish(outcome)
        if isinstance(outcome, BriefSent) and outcome.research_id == case.research_id:
            self.bus.publish(*self.relay.beside(case, partial(self.letters.message, case)))
        return outcome

    def case(self, event: Event, research_id: str, failed: ResearchFailed | None = None) -> Case:
        """The call that `event` is about, with the research to tell of. LeadNotFound."""
        assignment = self.facts.assignment(event.lead_id)
        if assignment is None:
            raise LeadNotFound(f"lead {event.lead_id} has no assignment: it was erased, or never distributed")
        return Case(self.facts.lead(event.lead_id), assignment, research_id, event.correlation_id, failed)

    def _send(self, case: Case) -> Callable[[], BriefSent]:
        def send() -> BriefSent:
            if self.facts.suppressed(case.lead):
                raise Suppressed("they are on the suppression list, so nothing is mailed about them")
            left = time_before(case.assignment.call_at, case.lead.as_of or self.clock())
            if why := self.addresses.suppressed(case.assignment.rep.email):
                raise MailRefused(f"the rep's address gets no mail since one was not taken ({why})")
            message_id = self.mailer.send(self.letters.mail(case, self.clock()))
            return case.sent(self.clock(), message_id, int(left.total_seconds() // 60))

        return send

    def _otherwise(self, case: Case, reason: str) -> Outcome:
        try:
            told = list(self.relay.instead(case, reason, partial(self.letters.message, case)))
        except DocumentNotFound:
            told = []
        relayed = [event for event in told if isinstance(event, BriefRelayed)]
        outcome: Outcome = relayed[0] if relayed else case.missed(self.clock(), reason)
        self.bus.publish(*told, *([] if relayed else [outcome]))
        return outcome


def time_before(call_at: datetime, now: datetime) -> timedelta:
    """How long before the call it is; CallIsOver from its first moment on."""
    left = call_at - now
    if left > timedelta(0):
        return left
    minutes = int(-left.total_seconds() // 60)
    when = f"{minutes} minutes before" if minutes else "just"
    raise CallIsOver(f"the call had begun {when} when there was something to send")
