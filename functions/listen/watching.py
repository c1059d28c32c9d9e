"""Who gets onto the watch list: the account of every lead that is given to a rep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from precall.clock import Clock
from precall.config import Config
from precall.errors import LeadNotFound
from precall.events import CallMoved, CallOutcome, LeadAssigned
from precall.facts import Facts
from precall.watches import Watch, Watches

Noted = LeadAssigned | CallMoved | CallOutcome


@dataclass(frozen=True)
class Watching:
    """Errors: StorageUnavailable, InvalidConfiguration."""

    facts: Facts
    watches: Watches
    config: Callable[[], Config]
    clock: Clock

    def note(self, event: Noted) -> bool:
        """Put the lead's account on the list, for its call and for as long as it is a customer's or an opportunity's.

        A deal that was won makes it a customer's; one that was lost is no reason any more. False where the team does
        not listen, nothing else came of a call, the lead replays the past or is about nobody's company, was erased, or
        must not be researched. The first look comes after `every_hours`: the call's own brief asks now.
        """
        listening, now = self.config().listening, self.clock()
        outcome = event.outcome if isinstance(event, CallOutcome) else None
        if not listening.on or outcome not in (None, "won", "lost"):
            return False
        try:
            lead = self.facts.lead(event.lead_id)
        except LeadNotFound:
            return False
        company = lead.prospect and lead.prospect.has_company
        if lead.as_of or not lead.prospect or not company or self.facts.suppressed(lead):
            return False
        due_at = now + timedelta(hours=listening.every_hours)
        watch = Watch(lead.prospect.account, due_at, frozenset({lead.id}))
        if outcome == "lost":
            self.watches.forget(watch, watch.leads)
            return False
        if outcome == "won":
            self.facts.complete_lead(lead.model_copy(update={"customer": True}))
        self.watches.add(watch, now, self.config().retention.documents)
        return True
