"""What steps ask of the settings beyond what stands there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from precall.config.checklist import ChecklistItem, Checklists
    from precall.config.team import Manager, Rep, Reps
    from precall.events.crm import Outcome
    from precall.product_lines import ProductLine, ProductLines
    from precall.routing_settings import Holidays


class Questions:
    """Of the whole settings, or of those in force."""

    if TYPE_CHECKING:
        reps: Reps
        product_lines: ProductLines
        outcomes: Mapping[str, Outcome]
        holidays: Holidays
        checklists: Checklists

    def checklist(self, industry: str | None) -> tuple[ChecklistItem, ...]:
        """What a quote needs in an industry (compared without regard to case), with what is needed in `any`."""
        wanted = {"any", (industry or "").casefold().strip()}
        return tuple(item for name, items in self.checklists.items() if name.casefold() in wanted for item in items)

    def line_name(self, said: str | None) -> str:
        """The product line that an activity counts in: the one that it names, if that has settings, else `any`."""
        from precall.product_lines import ANY

        wanted = (said or ANY).casefold()
        return next((name for name in self.product_lines if name.casefold() == wanted), ANY)

    def product_line(self, name: str) -> ProductLine:
        """The settings of a product line, as `line_name` gives it."""
        from precall.product_lines import ProductLine

        return self.product_lines.get(name) or ProductLine()

    def outcome(self, said: str) -> Outcome | None:
        """What the team says that a status or a call's result means (compared without regard to case)."""
        return next((means for word, means in self.outcomes.items() if word.casefold() == said.casefold()), None)

    def zone_of(self, manager: Manager) -> ZoneInfo:
        """The time zone that a manager's days are counted in."""
        own = {rep.email.casefold(): rep.time_zone for rep in self.reps}.get(manager.email.casefold())
        usual = Counter(rep.time_zone for rep in self.reps).most_common(1)[0][0]
        return ZoneInfo(manager.time_zone or own or usual)

    def days_off(self, rep: Rep) -> frozenset[date]:
        """The days on which a rep does not work, beside those of the week."""
        return frozenset(rep.days_off) | frozenset(self.holidays.get(rep.holidays or "", ()))
