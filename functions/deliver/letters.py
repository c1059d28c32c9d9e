"""What is to be told about one call, and in which form: the mail, or a message for another channel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from deliver.calendar_entry import calendar_entry
from deliver.channels import Message
from deliver.mail import Mail, brief_mail
from deliver.notice import notice_mail
from deliver.once import mail_key
from deliver.partial import marked_partial
from precall.documents import Documents, load, research_key
from precall.events import BriefMissed, BriefSent, ResearchFailed
from precall.events.research import DEADLINE
from precall.links import Links
from precall.model import Assignment, Brief, Lead

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Case:
    """One call, and the research that it is told about; `failed` when there is no brief, `partial_because` when there
    could be a better one."""

    lead: Lead
    assignment: Assignment
    research_id: str
    correlation_id: str
    failed: ResearchFailed | None = None
    partial_because: str | None = None

    def of(self, research_id: str, partial_because: str | None = None) -> Case:
        """The same call with the brief of another research."""
        return replace(self, research_id=research_id, failed=None, partial_because=partial_because)

    def unfinished(self, at: datetime) -> Case:
        """The same call when its research has not come to an end yet."""
        research_id = self.assignment.research_id
        about = {**self.common, "research_id": research_id}
        return replace(self, research_id=research_id, failed=ResearchFailed(**about, at=at, step=DEADLINE, error=""))

    @property
    def key(self) -> dict[str, str]:
        """Each rep is told once of a call: a brief, or that there is none."""
        kind = "notice" if self.failed else "brief"
        return mail_key(kind, self.lead.id, self.assignment.call_at, self.assignment.rep.email)

    @property
    def common(self) -> dict[str, str]:
        """What all events about it share."""
        return {"lead_id": self.lead.id, "correlation_id": self.correlation_id, "research_id": self.research_id}

    def sent(self, at: datetime, message_id: str, minutes: int) -> BriefSent:
        """SES took the mail `minutes` before the call."""
        return BriefSent(
            **self.common,
            at=at,
            to=self.assignment.rep.email,
            call_at=self.assignment.call_at,
            message_id=message_id,
            minutes_before_call=minutes,
            notice_only=self.failed is not None,
            partial_because=self.partial_because,
        )

    def missed(self, at: datetime, reason: str) -> BriefMissed:
        """Nothing was sent."""
        return BriefMissed(**self.common, at=at, call_at=self.assignment.call_at, reason=reason)


@dataclass(frozen=True)
class Letters:
    """Writes them. Errors: DocumentNotFound, MailRefused, InvalidConfiguration, StorageUnavailable."""

    documents: Documents
    config: Callable[[], Config]
    links: Callable[[], Links]

    def mail(self, case: Case, now: datetime) -> Mail:
        """The brief, or the notice that there is none; with the call's slot where the team wants it."""
        config = self.config()
        if case.failed:
            return notice_mail(config, case.assignment, case.lead, case.failed)
        brief = load(self.documents, self._key(case, "brief.json"), Brief)
        text, html = (self.documents.get(self._key(case, name)) for name in ("brief.txt", "brief.html"))
        attachments = (calendar_entry(case, self._link(case), config.mail, now),) if config.mail.calendar else ()
        made = brief_mail(config, case.assignment, brief, text, html, case.correlation_id, attachments)
        return marked_partial(made, case.partial_because) if case.partial_because else made

    def message(self, case: Case, reason: str) -> Message:
        """The same for another channel, which is used for `reason`."""
        if case.failed:
            notice = notice_mail(self.config(), case.assignment, case.lead, case.failed)
            return Message(case.lead, case.assignment, notice.subject, notice.text, self._link(case, ""), None, reason)
        brief = load(self.documents, self._key(case, "brief.json"), Brief)
        text = self.documents.get(self._key(case, "brief.txt"))
        return Message(case.lead, case.assignment, brief.subject, text, self._link(case), brief, reason)

    def _link(self, case: Case, page: str = "/brief") -> str:
        return self.links().to_lead(case.lead.id, page)

    def _key(self, case: Case, name: str) -> str:
        return research_key(case.lead.id, case.research_id, name)
