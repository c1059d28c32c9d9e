"""Who may see what of a lead: who holds its signed link, or is signed in. Checked before anything is looked up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from audit.people import Person
from audit.render import JSON, Answer, message
from precall.errors import BusUnavailable, LeadNotFound, StorageUnavailable
from precall.facts import Facts
from precall.links import LinkRefused, Links
from precall.share_links import Shared, ShareLinks


@dataclass(frozen=True)
class Asked:
    """What a request asks: for which lead, with which token (its own, or one of a share) or by whom who is signed in,
    and whether as JSON (else as a page). `address` is the page's own, without its query."""

    lead_id: str
    token: str
    as_json: bool = False
    person: Person | None = None
    shared: str = ""
    address: str = ""

    @property
    def query(self) -> str:
        """What keeps a link to another of the lead's pages open: "?token=…", or nothing."""
        return f"?token={self.token}" if self.token else ""


@dataclass(frozen=True)
class Access:
    """Lets in, or answers why not. Errors: none; storage and bus that fail are answered too."""

    facts: Facts
    links: Callable[[], Links]
    shares: Callable[[], ShareLinks]

    def guarded(self, asked: Asked, show: Callable[[], Answer]) -> Answer:
        """What `show` answers to who may see the lead."""

        def shown() -> Answer:
            self._check(asked)
            return show()

        return self._answered(asked, shown)

    def shared(self, asked: Asked, show: Callable[[Shared], Answer]) -> Answer:
        """What `show` answers to who holds a share's link."""

        def shown() -> Answer:
            found = self.shares().opened(asked.lead_id, asked.shared)
            if found is None:
                raise LinkRefused("this link is not valid (any more); ask your colleague for a new one")
            return show(found)

        return self._answered(asked, shown)

    def _answered(self, asked: Asked, show: Callable[[], Answer]) -> Answer:
        try:
            return show()
        except LinkRefused:
            text = "It is incomplete, too old, or for another page. Open the link in the newest mail about the lead."
            return says(asked, 403, "This link does not open anything", text)
        except LeadNotFound:
            return says(asked, 404, "Nothing is kept about this lead", "It was erased, or its time of keeping is over.")
        except (StorageUnavailable, BusUnavailable):
            text = "The records cannot be read at the moment. Please try again in a minute."
            return says(asked, 503, "Not available just now", text)

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


def says(asked: Asked, status: int, title: str, text: str) -> Answer:
    """One thing, in the form that was asked for."""
    if asked.as_json:
        return Answer(status, json.dumps({"error": f"{title}. {text}"}, ensure_ascii=False), JSON)
    return message(status, title, text)
