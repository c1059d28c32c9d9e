"""Activities are counted, each once, and the leads that they make are stored with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from precall.errors import LeadNotFound
from precall.facts import Facts
from precall.model import Lead
from precall.scoring import leads_of, log
from precall.standings import Logged, Standing, Standings

if TYPE_CHECKING:
    from precall.config import Config

_AT_ONCE = 50
"""Activities, each of which may make a lead: a transaction has at most 100 writes."""


@dataclass(frozen=True)
class Logbook:
    """What counting reads and writes. Errors: StorageUnavailable."""

    facts: Facts
    standings: Standings
    config: Callable[[], Config]

    def log(self, entries: Iterable[tuple[Logged, str | None]], now: datetime, correlation_id: str) -> tuple[str, ...]:
        """Count activities, each with the product line that it names; the leads that they made, also when they were
        told before."""
        groups: dict[tuple[str, str], list[Logged]] = defaultdict(list)
        for logged, said in entries:
            groups[logged.account.key, self.config().line_name(said)].append(logged)
        made = (
            lead
            for (key, line), logged in groups.items()
            for start in range(0, len(logged), _AT_ONCE)
            for lead in self._log(key, line, logged[start : start + _AT_ONCE], now, correlation_id)
        )
        return tuple(dict.fromkeys(made))

    def leads(self, lead_ids: Iterable[str]) -> tuple[Lead, ...]:
        """Those that were not erased since."""
        found: list[Lead] = []
        for lead_id in dict.fromkeys(lead_ids):
            with suppress(LeadNotFound):
                found.append(self.facts.lead(lead_id))
        return tuple(found)

    def _log(
        self, key: str, line: str, logged: Sequence[Logged], now: datetime, correlation_id: str
    ) -> tuple[str, ...]:
        config = self.config()
        made: tuple[str, ...] = ()

        def change(before: Standing) -> tuple[Standing, Sequence[Lead]]:
            nonlocal made
            after, leads = log(before, logged, line, config.product_line(line), now, correlation_id)
            made = leads_of(after, logged)
            return after, leads

        self.standings.change(key, line, change, now, config.retention.documents)
        return made
