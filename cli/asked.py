"""`precall forget --asked`: whom CRMs told to forget, what became of each, and the ones that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from precall.erasing import Report
from precall.erasure import Rights
from precall.erasure_asks import ErasureAsk, ErasureAsks
from precall.errors import LeadNotFound
from precall.events import NoteErased, NoteErasureFailed
from precall.whose import Who

SHOWN = timedelta(days=30)
"""For how long what has ended is told."""
_BY = {"crm": "by itself", "operator": "by an operator"}


@dataclass(frozen=True)
class Asked:
    """The asks of one deployment; `keep_days` for what is recorded."""

    rights: Rights
    asks: ErasureAsks
    keep_days: int

    def told(self) -> Iterator[tuple[str, bool]]:
        """A line for each ask that waits or ended lately, and for each note that its CRM did not delete; whether it is
        as it should be."""
        for ask in self.asks.all():
            if ask.ended_at is None or self.rights.clock() - ask.ended_at < SHOWN:
                yield _line(ask), ask.trouble is None
                yield from ((f"lead {ask.lead_id}: {reason}", False) for reason in self._refused(ask.lead_id))

    def waiting(self) -> list[ErasureAsk]:
        """Those that are neither erased nor dismissed; what was asked of an older version is among them."""
        known = {ask.lead_id for ask in self.asks.all()}
        for lead in self.rights.asked():
            if lead.id not in known:
                self.asks.ask(lead.id, lead.crm, self.rights.clock(), self.keep_days)
        return [ask for ask in self.asks.all() if ask.state == "asked"]

    def finish(self, ask: ErasureAsk, progress: Callable[[str], object]) -> Report:
        """Erase the person now."""
        try:
            lead = self.rights.facts.lead(ask.lead_id)
        except LeadNotFound:  # its retention is over, or somebody was faster
            report = Report()
        else:
            report = self.rights.erase(Who.about(lead), self.keep_days, progress, asked=lead)
        self.asks.erased(ask, report.counts, self.rights.clock(), "operator")
        return report

    def dismiss(self, ask: ErasureAsk) -> None:
        """Erase nothing for it, and research the person again: nobody asked, somebody else had the secret."""
        with suppress(LeadNotFound):
            lead = self.rights.facts.lead(ask.lead_id)
            self.rights.suppressed.remove(Who.about(lead).marks)
        self.asks.replace(ask.model_copy(update={"state": "dismissed", "ended_at": self.rights.clock()}))

    def _refused(self, lead_id: str) -> list[str]:
        """Why notes still stand in the CRM."""
        trail = self.rights.facts.trail(lead_id)
        gone = {event.research_id for event in trail if isinstance(event, NoteErased)}
        failed = (event for event in trail if isinstance(event, NoteErasureFailed))
        return [event.reason for event in failed if event.part == "fields" or event.research_id not in gone]


def _line(ask: ErasureAsk) -> str:
    what = f"lead {ask.lead_id}: {ask.crm} asked {_minute(ask.asked_at)}"
    if ask.ended_at is None:
        return f"{what}; it waits" + (f", as the last try failed: {ask.trouble}" if ask.trouble else "")
    if ask.state == "dismissed":
        return f"{what}; dismissed {_minute(ask.ended_at)}"
    counts = ", ".join(f"{number} {what}" for what, number in ask.counts.items() if number) or "nothing was left"
    return f"{what}; erased {_minute(ask.ended_at)} {_BY[ask.by or 'crm']}: {counts}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
