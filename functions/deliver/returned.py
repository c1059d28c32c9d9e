"""A mail came back, or was called spam: it stops there, the manager knows, the rep gets the brief elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from deliver.addresses import Addresses
from deliver.letters import Case, Letters
from deliver.mail_feedback import Feedback, mail_event
from deliver.manager_mail import ManagerMail, returned_mail
from deliver.once import Once
from deliver.relay import Relay
from deliver.ses import Mailer
from precall.bus import Bus
from precall.clock import Clock
from precall.config import Manager
from precall.errors import DocumentNotFound, LeadNotFound, MailRefused
from precall.events import BriefBounced, BriefComplained
from precall.facts import Facts

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Returned:
    """Acts on what SES tells. Everything that it needs is a port."""

    facts: Facts
    letters: Letters
    config: Callable[[], Config]
    bus: Bus
    mailer: Mailer
    once: Once[ManagerMail]
    addresses: Addresses
    relay: Relay
    clock: Clock

    def told(self, told: Feedback) -> None:
        """Record it, and mend what can be mended; harmless to repeat.

        Errors: StorageUnavailable, BusUnavailable, MailUnavailable, ChannelUnavailable (worth a redelivery).
        """
        event = mail_event(told)
        if told.suppresses:
            self.addresses.suppress(told.to, told.reason, told.at)
        if event is None:
            return
        self.bus.publish(event)
        if isinstance(event, BriefBounced | BriefComplained):
            self._mend(event)

    def _mend(self, event: BriefBounced | BriefComplained) -> None:
        try:
            lead, assignment = self.facts.lead(event.lead_id), self.facts.assignment(event.lead_id)
        except LeadNotFound:  # erased since: the trail has the event, and there is nothing left to send
            return
        if assignment is None:
            return
        case = Case(lead, assignment, event.research_id, event.correlation_id)
        relayed = isinstance(event, BriefBounced) and self._relayed(case, event)
        for manager in self.config().managers:
            self._tell(manager, case, event, relayed)

    def _relayed(self, case: Case, event: BriefBounced) -> bool:
        """Whether another channel has taken the brief; not after the call has begun."""
        if case.assignment.call_at <= (case.lead.as_of or self.clock()):
            return False
        try:
            reason = f"the mail came back ({event.reason})"
            told = list(self.relay.instead(case, reason, partial(self.letters.message, case)))
        except DocumentNotFound:  # a notice came back: there is no brief to send
            return False
        self.bus.publish(*told)
        return any(event.type == "brief.relayed" for event in told)

    def _tell(self, manager: Manager, case: Case, event: BriefBounced | BriefComplained, relayed: bool) -> None:
        key = {"kind": "returned", "to": manager.email, "message_id": event.message_id, "type": event.type}

        def send() -> ManagerMail:
            mail = returned_mail(self.config(), manager, case, event, relayed)
            return ManagerMail(to=manager.email, message_id=self.mailer.send(mail))

        try:
            if self.addresses.suppressed(manager.email) is None:
                self.once.send(key, send)
        except MailRefused:  # nobody is left to tell: the trail has it
            return
