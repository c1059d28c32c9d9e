"""Somebody whom a CRM told to forget is erased, if that was really told, and not too many at once.

The message alone erases nothing: intake kept what a verified webhook told, and that is held against it. Of an hour's
erasures there are so many; the message of one beyond them waits, and somebody is told (docs/security.md says why).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from precall.budget import Budget
from precall.clock import Clock
from precall.erasing import Report
from precall.erasure import Rights
from precall.erasure_asks import ErasureAsk, ErasureAsks
from precall.errors import BudgetSpent, LeadNotFound, PrecallError
from precall.events import ErasureAsked
from precall.facts import Facts
from precall.whose import Who

if TYPE_CHECKING:
    from precall.config import Config

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Forgetting:
    """The step, with what it reads and writes."""

    asks: ErasureAsks
    facts: Facts
    rights: Rights
    budget: Budget
    config: Callable[[], Config]
    clock: Clock

    def forget(self, event: ErasureAsked) -> Report | None:
        """Erase the person of the event's lead; None where nobody asked, it is done, or it is an operator's.

        Harmless to repeat. BudgetSpent where the hour has no more erasures; StorageUnavailable and BusUnavailable are
        worth a redelivery, which goes on where this one was stopped.
        """
        ask, config = self.asks.get(event.lead_id), self.config()
        if ask is None or ask.state != "asked" or not config.budget.erasures_an_hour:
            return None
        ask = self._granted(ask, config.budget.erasures_an_hour)
        try:
            report = self._erased(ask, config.retention.trail)
        except PrecallError as error:
            trouble = f"{type(error).__name__}: {error}"[:_LONGEST_REASON]
            self.asks.replace(ask.model_copy(update={"trouble": trouble}))
            raise
        self.asks.erased(ask, report.counts, self.clock(), "crm")
        return report

    def _granted(self, ask: ErasureAsk, limit: int) -> ErasureAsk:
        """With its place among the hour's, which a later try keeps."""
        if ask.granted:
            return ask
        if not self.budget.take(self.clock(), limit):
            raise BudgetSpent(f"{limit} people were erased this hour; raise budget.erasures_an_hour if they all asked")
        granted = ask.model_copy(update={"granted": True})
        self.asks.replace(granted)
        return granted

    def _erased(self, ask: ErasureAsk, keep_days: int) -> Report:
        try:
            lead = self.facts.lead(ask.lead_id)
        except LeadNotFound:  # an earlier try came so far, or an operator was faster
            return Report()
        return self.rights.erase(Who.about(lead), keep_days, by="crm", asked=lead)
