"""The page about one lead: its trail, and all that is kept of its brief."""

from __future__ import annotations

from dataclasses import dataclass

from audit.access import Access, Asked, says
from audit.dossier import Dossiers
from audit.record import Record, as_json, record_of
from audit.render import JSON, Answer, page
from audit.table import Table
from audit.words import STATES, line, prep_line
from precall.clock import Clock, for_people
from precall.facts import Facts


@dataclass(frozen=True)
class Pages:
    """The trail of a lead."""

    access: Access
    facts: Facts
    dossiers: Dossiers
    clock: Clock

    def trail(self, asked: Asked, table: str = "") -> Answer:
        """The lead's trail, as a page or as JSON `{lead, assignment, prep, events}`; or one of its tables as CSV."""
        return self.access.guarded(asked, lambda: self._table(asked, table) if table else self._trail(asked))

    def _table(self, asked: Asked, name: str) -> Answer:
        record = record_of(self.facts, asked.lead_id)
        found = trail_table(record) if name == "trail" else self.dossiers.of(record).tables.get(name)
        return (
            found.as_csv() if found else says(asked, 404, "There is no such table", "Follow a link of the lead's page.")
        )

    def _trail(self, asked: Asked) -> Answer:
        record = record_of(self.facts, asked.lead_id)
        if asked.as_json:
            return Answer(200, as_json(record, record.prep(self.clock)), JSON)
        return self._page(asked, record)

    def _page(self, asked: Asked, record: Record) -> Answer:
        state = record.prep(self.clock)
        return page(
            "trail.html",
            record=record,
            state=state,
            state_name=STATES[state.state],
            says=prep_line(state),
            entries=[(event, line(event, record.zone)) for event in record.events],
            when=lambda moment: for_people(moment, record.zone),
            dossier=self.dossiers.of(record),
            asked=asked,
        )


def trail_table(record: Record) -> Table:
    """What happened, a line for each event."""
    told = [(event, line(event, record.zone)) for event in record.events]
    rows = [
        (event.at.isoformat(), event.type, words.title, "; ".join(f"{name}: {value}" for name, value in words.facts))
        for event, words in told
    ]
    return Table("trail", "What happened", ("When", "Event", "What", "Facts"), rows)
