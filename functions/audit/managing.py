"""The pages of who is signed in: what is ahead today, and how well calls were prepared. Filters are in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from audit import coverage, health
from audit.days import Counted, Days
from audit.people import Person
from audit.render import Answer, message, page
from audit.today import ahead
from precall.calls import Calls, days_of
from precall.clock import Clock
from precall.config import Config
from precall.figures import Group, added

WEEKS = (4, 8, 12, 26)
Filters = Mapping[str, str]


@dataclass(frozen=True)
class Managing:
    """Everything that it needs is a port. Errors: StorageUnavailable, InvalidConfiguration."""

    calls: Calls
    days: Days
    config: Callable[[], Config]
    clock: Clock

    def today(self, person: Person, filters: Filters) -> Answer:
        """The calls of a day (`day`, else today) that the person may see, by `rep` and `state`."""
        now, zone = self.clock(), ZoneInfo(person.zone)
        day = _day(filters.get("day", "")) or now.astimezone(zone).date()
        start, end = days_of(day, zone)
        found = [*self.calls.on(start.date()), *(self.calls.on(end.date()) if end.date() != start.date() else [])]
        mine = [call for call in person.only(found) if start <= call.call_at < end and not call.cancelled]
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
        weeks, now, counted = self._counted(filters)
        mine = {day: [g for g in tally.groups if person.sees(g.rep)] for day, tally in counted.days.items()}
        chosen = {day: [g for g in groups if _chosen(g, filters)] for day, groups in mine.items()}
        names = {rep.email: rep.name for rep in self.config().reps}
        shown = coverage.of(chosen, weeks, now, names)
        if filters.get("as") == "csv":
            return coverage.csv_of(shown, filters.get("table", ""))
        every = [group for groups in mine.values() for group in groups]
        return page(
            "coverage.html",
            person=person,
            here="coverage",
            shown=shown,
            weeks=weeks,
            choices=WEEKS,
            filters=filters,
            reps=sorted({(group.rep, names.get(group.rep, group.rep)) for group in every}, key=lambda rep: rep[1]),
            sources=sorted({group.source for group in every}),
            waiting=counted.waiting,
        )

    def sources(self, person: Person, filters: Filters) -> Answer:
        """How the sources answered the researches of the last `weeks`; for managers."""
        if not person.manager:
            return message(403, "This page is for managers", "Ask yours for what you need from it.")
        weeks, _, counted = self._counted(filters)
        table = health.table(added(counted.days.values()))
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

    def _counted(self, filters: Filters) -> tuple[int, datetime, Counted]:
        asked, now = filters.get("weeks", ""), self.clock()
        weeks = int(asked) if asked.isdigit() and int(asked) in WEEKS else 8
        monday = now.date() - timedelta(days=now.date().weekday())
        return weeks, now, self.days.between(monday - timedelta(weeks=weeks - 1), now.date(), now)


def _chosen(group: Group, filters: Filters) -> bool:
    return filters.get("rep", group.rep) in ("", group.rep) and filters.get("source", group.source) in (
        "",
        group.source,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
