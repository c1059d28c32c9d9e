"""Who gets onto the watch list: the account of every lead that is given to a rep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from precall.clock import Clock
from precall.deals import Deal, Deals
from precall.errors import LeadNotFound
from precall.events import CallMoved, CallOutcome, DealOpened, LeadAssigned
from precall.facts import Facts
from precall.watches import Watch, Watches

if TYPE_CHECKING:
    from precall.config import Config

Noted = LeadAssigned | CallMoved | CallOutcome | DealOpened
_CLOSED: dict[str, Deal] = {"won": "won", "lost": "lost"}


@dataclass(frozen=True)
class Watching:
    """Errors: StorageUnavailable, InvalidConfiguration."""

    facts: Facts
    deals: Deals
    watches: Watches
    config: Callable[[], Config]
    clock: Clock

    def note(self, event: Noted) -> bool:
        """Put the lead's account on the list, for its call and for as long as it is a customer's or an opportunity's.

        A deal that was opened makes it an opportunity's, one that was won a customer's; one that was lost is no reason
        any more, whatever it was before. False where the team does not listen, nothing else came of a call, the lead
        replays the past or is about nobody's company, was erased, or must not be researched. The first look comes after
        `every_hours`: the call's own brief asks now.
        """
        listening, now = self.config().listening, self.clock()
        deal = _deal(event)
        if not listening.on or (isinstance(event, CallOutcome) and deal is None):
            return False
        try:
            lead = self.facts.lead(event.lead_id)
        except LeadNotFound:
            return False
        company = lead.prospect and lead.prospect.has_company
        if lead.as_of or not lead.prospect or not company or self.facts.suppressed(lead):
            return False
        due_at = now + timedelta(hours=listening.every_hours)
        watch, keep_days = Watch(lead.prospect.account, due_at, frozenset({lead.id})), self.config().retention.documents
        if isinstance(event, CallOutcome | DealOpened) and deal:
            self.deals.note(lead.id, event.record, deal, event.at, keep_days)
            if deal == "lost":
                return False
        self.watches.add(watch, now, keep_days)
        return True


def _deal(event: Noted) -> Deal | None:
    if isinstance(event, DealOpened):
        return "open"
    return _CLOSED.get(event.outcome) if isinstance(event, CallOutcome) else None
