"""A story broke after the brief was sent: one short mail, with that story alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deliver.addresses import Addresses
from deliver.letters import Case
from deliver.mail import Mail, mail
from deliver.notice import prospect_label, templates
from deliver.once import Once, mail_key
from deliver.ses import Mailer
from precall.bus import Bus
from precall.clock import Clock, for_people
from precall.errors import MailRefused
from precall.events import BriefUpdated
from precall.links import Links
from precall.model import Brief, BriefStory

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Updates:
    """Sends at most one update for each call and rep."""

    config: Callable[[], Config]
    links: Callable[[], Links]
    bus: Bus
    mailer: Mailer
    once: Once[BriefUpdated]
    addresses: Addresses
    clock: Clock

    def send(self, case: Case, brief: Brief) -> BriefUpdated | None:
        """The update, published; None where nothing broke, the call has begun, or the address takes no mail.

        Errors: StorageUnavailable, BusUnavailable, MailUnavailable (worth a redelivery).
        """
        stories = tuple(story for story in brief.stories if story.breaking and story.new)
        rep, call_at = case.assignment.rep, case.assignment.call_at
        over = call_at <= (case.lead.as_of or self.clock())
        if not stories or over or self.addresses.suppressed(rep.email):
            return None
        key = mail_key("update", case.lead.id, call_at, rep.email)
        try:
            updated = self.once.send(key, lambda: self._sent(case, stories))
        except MailRefused:
            return None  # the brief itself is out
        self.bus.publish(updated)
        return updated

    def _sent(self, case: Case, stories: tuple[BriefStory, ...]) -> BriefUpdated:
        message_id = self.mailer.send(self._mail(case, stories))
        return BriefUpdated(
            **case.common,
            at=self.clock(),
            to=case.assignment.rep.email,
            call_at=case.assignment.call_at,
            message_id=message_id,
            stories=len(stories),
        )

    def _mail(self, case: Case, stories: tuple[BriefStory, ...]) -> Mail:
        config, who = self.config(), prospect_label(case.lead)
        facts = {
            "team": config.team,
            "rep": case.assignment.rep.name,
            "who": who,
            "when": for_people(case.assignment.call_at, case.assignment.rep.time_zone),
            "stories": stories,
            "link": self.links().to_lead(case.lead.id, "/brief"),
        }
        text, html = (templates().get_template(name).render(facts) for name in ("update.txt", "update.html"))
        subject = f"Update: {stories[0].headline.text} · {who}"
        return mail(config, case.assignment, "update", subject, text, html, case.research_id, case.correlation_id)
