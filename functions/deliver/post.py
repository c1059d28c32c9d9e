"""Mails that the manager's pages ask for: the link that signs in, and a rep's reminder of a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from deliver.mail import Mail, plain_mail
from deliver.notice import prospect_label, templates
from deliver.outbox import Outbox
from precall.bus import Bus
from precall.clock import Clock, for_people
from precall.errors import LeadNotFound
from precall.events import RepNudged
from precall.facts import Facts
from precall.links import Links
from precall.post import NudgeAsked, SignInAsked
from precall.sign_in_links import MAX_AGE, SignInLinks

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class PostOffice:
    """Mails what was asked for, once. Everything that it needs is a port."""

    facts: Facts
    config: Callable[[], Config]
    links: Callable[[], Links]
    sign_in_links: Callable[[], SignInLinks]
    bus: Bus
    outbox: Outbox
    clock: Clock

    def send(self, wish: SignInAsked | NudgeAsked) -> None:
        """Grant the wish, or drop it where there is nothing to do: an address that is not in the team, a call that is
        over. Errors: MailUnavailable, StorageUnavailable, BusUnavailable (worth a redelivery)."""
        if isinstance(wish, SignInAsked):
            self._sign_in(wish)
        else:
            self._nudge(wish)

    def _sign_in(self, wish: SignInAsked) -> None:
        config = self.config()
        team = [rep.email for rep in config.reps] + [manager.email for manager in config.managers]
        wanted = wish.address.strip().casefold()
        address = next((known for known in team if known.casefold() == wanted), None)
        if address is None or self.clock() - wish.at > timedelta(seconds=MAX_AGE):
            return
        facts = {"team": config.team, "link": self.sign_in_links().to(address, wish.ask), "minutes": MAX_AGE // 60}
        self._mail({"kind": "sign-in", "ask": wish.ask}, "sign_in", address, "Sign in to Precall", facts)

    def _nudge(self, wish: NudgeAsked) -> None:
        try:
            lead, held = self.facts.lead(wish.lead_id), self.facts.assignment(wish.lead_id)
        except LeadNotFound:
            return
        if held is None or held.call_at <= (lead.as_of or self.clock()):
            return
        who, when = prospect_label(lead), for_people(held.call_at, held.rep.time_zone)
        link = self.links().to_lead(lead.id, "/brief")
        facts = {"team": self.config().team, "rep": held.rep.name, "who": who, "when": when, "link": link}
        subject = f"Please prepare your call with {who}, {when}"
        key = {"kind": "nudge", "lead_id": lead.id, "call_at": held.call_at.isoformat(), "by": wish.by}
        if self._mail(key, "nudge", held.rep.email, subject, facts):
            self.bus.publish(
                RepNudged(
                    lead_id=lead.id,
                    correlation_id=lead.correlation_id,
                    at=wish.at,
                    research_id=held.research_id,
                    call_at=held.call_at,
                    by=wish.by,
                    to=held.rep.email,
                )
            )

    def _mail(self, key: dict[str, str], name: str, to: str, subject: str, facts: Mapping[str, object]) -> bool:
        """Whether the mail is out; a refused one is not, and will not be."""

        def written() -> Mail:
            text, html = (templates().get_template(f"{name}.{form}").render(facts) for form in ("txt", "html"))
            return plain_mail(self.config(), to, name.replace("_", "-"), subject, text, html)

        return self.outbox.send(key, to, written)
