"""A lead's brief as it was stored, for the rep, a manager, or a colleague; and what its readers say from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from audit.access import Access, Asked, says
from audit.beacon import SCRIPT, SECONDS, with_beacon
from audit.filling import for_colleague, for_manager, for_rep
from audit.outcomes import asks, told
from audit.prep import Prep
from audit.record import Record, about, record_of
from audit.render import Answer, brief_policy, redirect
from audit.sharing import Sharing
from audit.voting import Voting
from audit.words import prep_line
from precall.bus import Bus
from precall.clock import Clock, for_people
from precall.documents import Documents, research_key
from precall.errors import BusUnavailable, DocumentNotFound
from precall.events import (
    BriefAcknowledged,
    BriefOpened,
    BriefRead,
    BriefReady,
    CompanyDisputed,
    Event,
    ShareOpened,
)
from precall.facts import Facts
from precall.share_links import Shared

SAYINGS: dict[str, tuple[Callable[..., Event], str, str]] = {
    "acknowledge": (BriefAcknowledged, "Thank you", "The brief counts as read. Have a good call."),
    "read": (partial(BriefRead, seconds=SECONDS), "Thank you", "It is noted that the brief was read."),
    "wrong-company": (CompanyDisputed, "Thank you", "It is noted that this brief is about another company."),
}
"""What a reader may say: the event, and the answer's title and text."""


@dataclass(frozen=True)
class BriefPage:
    """Everything that it needs is a port."""

    access: Access
    facts: Facts
    documents: Documents
    bus: Bus
    voting: Voting
    sharing: Sharing
    clock: Clock

    def show(self, asked: Asked) -> Answer:
        """The lead's newest brief."""
        if asked.shared:
            return self.access.shared(asked, lambda shared: self._shown_to_colleague(asked, shared))
        return self.access.guarded(asked, lambda: self._shown(asked))

    def say(self, asked: Asked, form: Mapping[str, str]) -> Answer:
        """What the form says: "acknowledge", "read", "wrong-company", "outcome", "vote", "rate" or "share"; twice is
        once."""
        if asked.shared:
            return says(asked, 403, "This link is to read only", "Ask your colleague, or sign in.")
        return self.access.guarded(asked, lambda: self._said(asked, form))

    def _shown(self, asked: Asked) -> Answer:
        record = record_of(self.facts, asked.lead_id)
        found = self._stored(asked, record)
        if isinstance(found, Answer):
            return found
        research_id, html = found
        rep = _rep(asked, record)
        if rep is None:
            return Answer(200, for_manager(html), policy=brief_policy(html))
        self._tell(record, BriefOpened, research_id=research_id, where="page")
        outcome = asks(record, self.clock())
        filled = for_rep(html, self.voting.said(asked.lead_id, rep), research_id, outcome) if rep else html
        return Answer(200, with_beacon(filled), policy=brief_policy(html, SCRIPT))

    def _shown_to_colleague(self, asked: Asked, shared: Shared) -> Answer:
        record = record_of(self.facts, asked.lead_id)
        found = self._stored(asked, record)
        if isinstance(found, Answer):
            return found
        self._tell(record, ShareOpened, share=shared.share, by=shared.by, on=self.clock().date())
        note = f"{shared.by} shared this brief with you, to read only, until {for_people(shared.until, record.zone)}."
        return Answer(200, for_colleague(found[1], note), policy=brief_policy(found[1]))

    def _stored(self, asked: Asked, record: Record) -> tuple[str, str] | Answer:
        """The research and its page, or why there is none."""
        research_id = record.briefed_by or (record.assignment.research_id if record.assignment else "")
        try:
            return research_id, self.documents.get(research_key(asked.lead_id, research_id, "page.html"))
        except DocumentNotFound:
            return says(asked, 404, "There is no brief here", _why_no_brief(record, record.prep(self.clock)))

    def _said(self, asked: Asked, form: Mapping[str, str]) -> Answer:
        action, record = form.get("action", ""), record_of(self.facts, asked.lead_id)
        rep = _rep(asked, record)
        if record.briefed_by is None:
            return says(asked, 404, "There is no brief here", _why_no_brief(record, record.prep(self.clock)))
        if action == "share":
            return self.sharing.link(asked, record, record.briefed_by)
        if rep is not None and action in SAYINGS:
            event, title, text = SAYINGS[action]
            self.bus.publish(about(record, event, self.clock(), research_id=record.briefed_by))
            return says(asked, 200, title, text)
        if rep is not None and action == "outcome" and (outcome := told(record, form.get("outcome", ""), self.clock())):
            self.bus.publish(outcome)
            return says(asked, 200, "Thank you", "It is noted how the call went.")
        to = self._marked(asked, record, rep, form) if rep else None
        if to is None:
            return says(asked, 400, "That cannot be said", "Please use the buttons on the brief's page.")
        return redirect(f"brief{asked.query}#{to}")

    def _marked(self, asked: Asked, record: Record, rep: str, form: Mapping[str, str]) -> str | None:
        """Where on the page a mark was made; None where it was none."""
        research_id, action = form.get("research", ""), form.get("action")
        if research_id not in {event.research_id for event in record.events if isinstance(event, BriefReady)}:
            return None
        if action == "vote" and self.voting.vote(asked.lead_id, research_id, rep, form):
            return f"story-{form.get('story')}"
        return "rating" if action == "rate" and self.voting.rate(asked.lead_id, research_id, rep, form) else None

    def _tell(self, record: Record, event: Callable[..., Event], **facts: object) -> None:
        """Tell the trail; a brief is shown whether or not that works."""
        with suppress(BusUnavailable):
            self.bus.publish(about(record, event, self.clock(), **facts))


def _rep(asked: Asked, record: Record) -> str | None:
    """Who speaks as the rep: who holds the link, or the rep who is signed in; None for a manager."""
    if asked.person:
        return None if asked.person.manager else asked.person.email
    return str(record.assignment.rep.email) if record.assignment else ""


def _why_no_brief(record: Record, state: Prep) -> str:
    if record.briefed_by:
        return "The brief was erased, or its time of keeping is over."
    if state.state == "failed":
        return prep_line(state)
    return "The research is on its way. Please come back in a minute."
