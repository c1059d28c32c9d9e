"""Engagement: which accounts are in touch with us, both ways, how much, and whether more or less than before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from audit import account_page
from audit.people import Person
from audit.render import Answer, message, page
from audit.table import Table
from precall.clock import Clock
from precall.counting import Counting, Weeks
from precall.engaged import Engaged, by_account, summed
from precall.figures import week_of
from precall.touches import MOST_NAMES, TouchBook

if TYPE_CHECKING:
    from precall.config import Config

WEEKS = (4, 8, 12)
_COUNTS = ("Their activities", "Leads", "Briefs", "Read before the call", "Calls with an outcome", "Reached")
_COLUMNS = ("Account", *_COUNTS, "Touches", "Trend")
Filters = Mapping[str, str]


@dataclass(frozen=True)
class EngagementPages:
    """Everything that it needs is a port. Errors: StorageUnavailable, InvalidConfiguration."""

    counting: Counting[list[Engaged]]
    touches: TouchBook
    config: Callable[[], Config]
    clock: Clock

    def show(self, person: Person, filters: Filters) -> Answer:
        """One account (`account`), or all of the last `weeks`, of one `rep` or of all whom the person may see."""
        account = filters.get("account", "")
        return self._account(person, account, filters) if account else self._accounts(person, filters)

    def _accounts(self, person: Person, filters: Filters) -> Answer:
        asked, now = filters.get("weeks", ""), self.clock()
        weeks = int(asked) if asked.isdigit() and int(asked) in WEEKS else 8
        first = week_of(now.date()) - timedelta(weeks=weeks - 1)
        counted = self.counting.weeks(first, now, "engaged-week")
        sums, trends, number = _most(person, counted, filters.get("rep", ""), first, weeks)
        names = self.touches.names([each.account for each in sums])
        rows = [
            _row(names.get(each.account, "an account that was erased"), each, trends[each.account]) for each in sums
        ]
        table = Table("engagement", "Accounts", _COLUMNS, rows, frozenset(range(1, len(_COLUMNS))))
        if filters.get("as") == "csv":
            return table.as_csv()
        return page(
            "engagement.html",
            person=person,
            here="engagement",
            table=table,
            accounts=[each.account for each in sums],
            number=number,
            weeks=weeks,
            choices=WEEKS,
            filters=filters,
            reps=[(rep.email, rep.name) for rep in self.config().reps if person.manager],
            waiting=counted.waiting,
        )

    def _account(self, person: Person, account: str, filters: Filters) -> Answer:
        touches = self.touches.of(account)
        theirs = {touch.lead_id for touch in touches if person.sees(touch.rep or "")}
        found = [touch for touch in touches if touch.lead_id in theirs]
        if not found:
            return message(404, "Nothing is kept about this account", "It was erased, or is not yours to see.")
        names = {str(rep.email): rep.name for rep in self.config().reps}
        shown = account_page.of(found, names, self.clock(), person.zone)
        if filters.get("as") == "csv":
            table = shown.tables.get(filters.get("table", ""))
            return table.as_csv() if table else message(404, "There is no such table", "Follow a link of the page.")
        name = self.touches.names([account]).get(account, "An account")
        return page("account.html", person=person, here="engagement", account=account, name=name, shown=shown)


def _most(
    person: Person, counted: Weeks[list[Engaged]], rep: str, first: date, weeks: int
) -> tuple[list[Engaged], dict[str, int], int]:
    """The accounts with the most touches, the later half's touches less the earlier half's, and how many there are."""
    middle, touches, trends = first + timedelta(weeks=weeks // 2), Counter[str](), Counter[str]()
    rows: list[Engaged] = []
    for monday, all_rows in counted.tallies.items():
        mine = [row for row in person.only(all_rows) if rep in ("", row.rep)]
        for row in mine:
            number = row.touches
            touches[row.account] += number
            trends[row.account] += number if monday >= middle else -number
        rows += mine
    ordered = sorted(touches, key=lambda account: (-touches[account], -trends[account], account))
    most = ordered[:MOST_NAMES]
    shown = set(most)
    of_them = by_account(row for row in rows if row.account in shown)
    return [summed(account, of_them[account]) for account in most], trends, len(ordered)


def _row(name: str, of: Engaged, trend: int) -> tuple[str, ...]:
    counts = (of.activities, of.leads, of.briefs, of.read, of.calls, of.reached, of.touches)
    return (name, *map(str, counts), account_page.signed(trend))
