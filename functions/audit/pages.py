"""The pages about one lead, for who holds its signed link. The link is checked before anything is looked up."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from audit.beacon import SCRIPT, SECONDS, with_beacon
from audit.people import Person
from audit.prep import Prep
from audit.record import Record, as_json, record_of
from audit.render import JSON, Answer, brief_policy, message, page
from audit.words import STATES, line, prep_line
from precall.bus import Bus
from precall.clock import Clock, for_people
from precall.documents import Documents, research_key
from precall.errors import BusUnavailable, DocumentNotFound, LeadNotFound, StorageUnavailable
from precall.events import AnyEvent, BriefAcknowledged, BriefOpened, BriefRead, CompanyDisputed
from precall.facts import Facts
from precall.links import LinkRefused, Links

SAYINGS: dict[str, tuple[Callable[..., AnyEvent], str, str]] = {
    "acknowledge": (BriefAcknowledged, "Thank you", "The brief counts as read. Have a good call."),
    "read": (partial(BriefRead, seconds=SECONDS), "Thank you", "It is noted that the brief was read."),
    "wrong-company": (CompanyDisputed, "Thank you", "It is noted that this brief is about another company."),
}
"""What a reader may say: the event, and the answer's title and text."""


@dataclass(frozen=True)
class Asked:
    """What a request asks: for which lead, with which token or by whom who is signed in, and whether as JSON (else as
    a page)."""

    lead_id: str
    token: str
    as_json: bool = False
    person: Person | None = None


@dataclass(frozen=True)
class Pages:
    """The trail and the brief of a lead."""

    facts: Facts
    documents: Documents
    bus: Bus
    links: Callable[[], Links]
    clock: Clock

    def trail(self, asked: Asked) -> Answer:
        """The lead's trail, as a page or as JSON `{lead, assignment, prep, events}`."""
        return self._guarded(asked, lambda: self._trail(asked))

    def brief(self, asked: Asked) -> Answer:
        """The lead's newest brief as it was stored."""
        return self._guarded(asked, lambda: self._brief(asked))

    def say(self, asked: Asked, action: str) -> Answer:
        """What the reader of a brief says of it: "acknowledge" or "wrong-company"; once is enough."""
        return self._guarded(asked, lambda: self._said(asked, action))

    def _guarded(self, asked: Asked, show: Callable[[], Answer]) -> Answer:
        try:
            self._check(asked)
            return show()
        except LinkRefused:
            text = "It is incomplete, too old, or for another page. Open the link in the newest mail about the lead."
            return _says(asked, 403, "This link does not open anything", text)
        except LeadNotFound:
            return _says(
                asked, 404, "Nothing is kept about this lead", "It was erased, or its time of keeping is over."
            )
        except (StorageUnavailable, BusUnavailable):
            text = "The records cannot be read at the moment. Please try again in a minute."
            return _says(asked, 503, "Not available just now", text)

    def _check(self, asked: Asked) -> None:
        """LinkRefused unless the link opens the lead, or it is one that who is signed in may see."""
        try:
            self.links().check(asked.lead_id, asked.token)
        except LinkRefused:
            if not self._is_theirs(asked):
                raise

    def _is_theirs(self, asked: Asked) -> bool:
        if asked.person is None or asked.person.manager:
            return asked.person is not None
        assignment = self.facts.assignment(asked.lead_id)
        return assignment is not None and asked.person.sees(assignment.rep.email)

    def _record(self, lead_id: str) -> Record:
        return record_of(self.facts, lead_id)

    def _trail(self, asked: Asked) -> Answer:
        record = self._record(asked.lead_id)
        state = record.prep(self.clock)
        if asked.as_json:
            return Answer(200, as_json(record, state), JSON)
        return page(
            "trail.html",
            record=record,
            state=state,
            state_name=STATES[state.state],
            says=prep_line(state),
            entries=[(event, line(event, record.zone)) for event in record.events],
            when=lambda moment: for_people(moment, record.zone),
            token=asked.token,
        )

    def _said(self, asked: Asked, action: str) -> Answer:
        if action not in SAYINGS or (action == "read" and asked.person and asked.person.manager):
            return _says(asked, 400, "That cannot be said", "Please use the buttons on the brief's page.")
        record = self._record(asked.lead_id)
        if record.briefed_by is None:
            return _says(asked, 404, "There is no brief here", _why_no_brief(record, record.prep(self.clock)))
        event, title, text = SAYINGS[action]
        correlation_id = record.events[0].correlation_id
        told = event(
            lead_id=asked.lead_id, correlation_id=correlation_id, at=self.clock(), research_id=record.briefed_by
        )
        self.bus.publish(told)
        return _says(asked, 200, title, text)

    def _brief(self, asked: Asked) -> Answer:
        record = self._record(asked.lead_id)
        research_id = record.briefed_by or (record.assignment.research_id if record.assignment else "")
        try:
            html = self.documents.get(research_key(asked.lead_id, research_id, "page.html"))
        except DocumentNotFound:
            return _says(asked, 404, "There is no brief here", _why_no_brief(record, record.prep(self.clock)))
        if asked.person and asked.person.manager:  # who looks after a rep's call has not prepared it
            return Answer(200, html, policy=brief_policy(html))
        self._opened(asked, record, research_id)
        return Answer(200, with_beacon(html), policy=brief_policy(html, SCRIPT))

    def _opened(self, asked: Asked, record: Record, research_id: str) -> None:
        """Tell the trail; a brief is shown whether or not that works."""
        correlation_id = record.events[0].correlation_id if record.events else asked.lead_id
        told = BriefOpened(
            lead_id=asked.lead_id,
            correlation_id=correlation_id,
            at=self.clock(),
            research_id=research_id,
            where="page",
        )
        with suppress(BusUnavailable):
            self.bus.publish(told)


def _why_no_brief(record: Record, state: Prep) -> str:
    if record.briefed_by:
        return "The brief was erased, or its time of keeping is over."
    if state.state == "failed":
        return prep_line(state)
    return "The research is on its way. Please come back in a minute."


def _says(asked: Asked, status: int, title: str, text: str) -> Answer:
    if asked.as_json:
        return Answer(status, json.dumps({"error": f"{title}. {text}"}, ensure_ascii=False), JSON)
    return message(status, title, text)
