"""The page about one lead: its trail. The link is checked before anything is looked up."""

from __future__ import annotations

from dataclasses import dataclass

from audit.access import Access, Asked
from audit.record import as_json, record_of
from audit.render import JSON, Answer, page
from audit.words import STATES, line, prep_line
from precall.clock import Clock, for_people
from precall.facts import Facts


@dataclass(frozen=True)
class Pages:
    """The trail of a lead."""

    access: Access
    facts: Facts
    clock: Clock

    def trail(self, asked: Asked) -> Answer:
        """The lead's trail, as a page or as JSON `{lead, assignment, prep, events}`."""
        return self.access.guarded(asked, lambda: self._trail(asked))

    def _trail(self, asked: Asked) -> Answer:
        record = record_of(self.facts, asked.lead_id)
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
