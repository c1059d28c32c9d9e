"""The pages of who is signed in: what is ahead today, and how well calls were prepared. Filters are in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from audit import coverage, health
from audit.people import Person
from audit.render import Answer, message, page
from audit.today import ahead
from precall.calls import Calls, days_of
from precall.clock import Clock
from precall.counting import Counting, Weeks
from precall.figures import week_of
from precall.source_tally import added_sources
from precall.tallies import Span
from precall.tally import Tally, by_rep, by_source

if TYPE_CHECKING:
    from precall.config import Config

WEEKS = (4, 8, 12, 26)
Filters = Mapping[str, str]


@dataclass(frozen=True)
class Managing:
    """Everything that it needs is a port. Errors: StorageUnavailable, InvalidConfiguration."""

    calls: Calls
    counting: Counting[Tally]
    config: Callable[[], Config]
    clock: Clock

    def today(self, person: Person, filters: Filters) -> Answer:
        """The calls of a day (`day`, else today) that the person may see, by `rep` and `state`."""
        now, zone = self.clock(), ZoneInfo(person.zone)
        day = _day(filters.get("day", "")) or now.astimezone(zone).date()
        start, end = days_of(day, zone)
        mine = [call for call in person.only(self.calls.between(start, end)) if not call.cancelled]
        shown = ahead(mine, now, filters)
        if filters.get("as") == "csv":
            return shown.table().as_csv()
        return page(
            "today.html",
            person=person,
            here="today",
            shown=shown,
            day=day,
            before=day - timedelta(days=1),
            after=day + timedelta(days=1),
            filters=filters,
            reps=sorted({(call.rep, call.rep_name) for call in mine}, key=lambda rep: rep[1]),
            did=filters.get("did", ""),
        )

    def coverage(self, person: Person, filters: Filters) -> Answer:
        """The share of prepared calls of the last `weeks`, by rep, source and week, and what became of the calls."""
        part = not person.manager or bool(filters.get("rep") or filters.get("source"))
        weeks, now, counted = self._counted(filters, "week" if part else "margins")
        mine = {week: Tally(person.only(tally.groups)) for week, tally in counted.tallies.items()}
        chosen = {week: _chosen(tally, filters) for week, tally in mine.items()} if part else mine
        names = {rep.email: rep.name for rep in self.config().reps}
        shown = coverage.of(chosen, weeks, now, names)
        if filters.get("as") == "csv":
            return coverage.csv_of(shown, filters.get("table", ""))
        every = [group for tally in mine.values() for group in tally.groups]
        return page(
            "coverage.html",
            person=person,
            here="coverage",
            shown=shown,
            weeks=weeks,
            choices=WEEKS,
            filters=filters,
            reps=sorted(((rep, names.get(rep, rep)) for rep in by_rep(every)), key=lambda rep: rep[1]),
            sources=list(by_source(every)),
            waiting=counted.waiting,
        )

    def sources(self, person: Person, filters: Filters) -> Answer:
        """How the sources answered the researches of the last `weeks`; for managers."""
        if not person.manager:
            return message(403, "This page is for managers", "Ask yours for what you need from it.")
        weeks, _, counted = self._counted(filters, "margins")
        table = health.table(added_sources(source for week in counted.tallies.values() for source in week.sources))
        if filters.get("as") == "csv":
            return table.as_csv()
        return page(
            "sources.html",
            person=person,
            here="sources",
            table=table,
            weeks=weeks,
            choices=WEEKS,
            filters=filters,
            waiting=counted.waiting,
        )

    def _counted(self, filters: Filters, view: Span) -> tuple[int, datetime, Weeks[Tally]]:
        asked, now = filters.get("weeks", ""), self.clock()
        weeks = int(asked) if asked.isdigit() and int(asked) in WEEKS else 8
        return weeks, now, self.counting.weeks(week_of(now.date()) - timedelta(weeks=weeks - 1), now, view)


def _chosen(tally: Tally, filters: Filters) -> Tally:
    rep, source = filters.get("rep", ""), filters.get("source", "")
    return Tally([each for each in tally.groups if rep in ("", each.rep) and source in ("", each.source)])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
