"""A mail came back, or was called spam: it stops there, the manager knows, the rep gets the brief elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from deliver.addresses import Addresses
from deliver.letters import Case, Letters
from deliver.mail_feedback import Feedback, mail_event
from deliver.relay import Relay
from deliver.returned_mail import returned_mail
from deliver.to_managers import ToManagers
from precall.bus import Bus
from precall.clock import Clock
from precall.errors import DocumentNotFound, LeadNotFound
from precall.events import BriefBounced, BriefComplained
from precall.facts import Facts

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Returned:
    """Acts on what SES tells. Everything that it needs is a port."""

    facts: Facts
    letters: Letters
    bus: Bus
    addresses: Addresses
    relay: Relay
    managers: ToManagers
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
        config = self.managers.config()
        about = {"kind": "returned", "message_id": event.message_id, "type": event.type}
        self.managers.tell(about, lambda manager: returned_mail(config, manager, case, event, relayed))

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
