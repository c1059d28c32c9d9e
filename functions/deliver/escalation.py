"""Nobody took a lead in time: each manager is told, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deliver.mail import Mail, plain_mail
from deliver.notice import prospect_label, templates
from deliver.to_managers import ToManagers
from precall.config import Manager
from precall.errors import LeadNotFound
from precall.events import LeadEscalated
from precall.facts import Facts
from precall.links import Links
from precall.model import Lead

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Escalation:
    """Tells the managers; harmless to repeat. Errors: StorageUnavailable, MailUnavailable (worth a redelivery)."""

    facts: Facts
    links: Callable[[], Links]
    managers: ToManagers

    def tell(self, event: LeadEscalated) -> None:
        """A mail to each manager whose address takes mail; none about a lead that was erased since."""
        try:
            lead = self.facts.lead(event.lead_id)
        except LeadNotFound:
            return
        self.managers.tell({"kind": "escalated", "lead_id": lead.id}, lambda manager: self._mail(manager, lead, event))

    def _mail(self, manager: Manager, lead: Lead, event: LeadEscalated) -> Mail:
        config, who = self.managers.config(), prospect_label(lead)
        facts = {
            "team": config.team,
            "manager": manager.name,
            "who": who,
            "queue": event.queue,
            "minutes": event.waited_minutes,
            "link": self.links().to_lead(lead.id),
            "command": f"precall assign {lead.id} REP",
        }
        text, html = (templates().get_template(name).render(facts) for name in ("escalated.txt", "escalated.html"))
        subject = f"Nobody has taken {who}: {event.waited_minutes} minutes in the queue {event.queue}"
        return plain_mail(config, manager.email, "manager", subject, text, html)
