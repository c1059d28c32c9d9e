"""One lead and all that is its own: documents, items, schedules; what briefs of it wrote into the CRM is asked back.

Each step is safe to repeat. That it was erased is on the trail before its notes are asked back, which write-back holds
against; and the lead itself goes last, so that who was stopped half-way finds it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from precall.before_call import schedule_names
from precall.bus import Bus
from precall.clock import Clock
from precall.documents import S3Documents
from precall.events import BriefWrittenBack, LeadErased, NoteErasureAsked
from precall.facts import Facts
from precall.model import Lead
from precall.rows import Rows
from precall.whose import Who

By = Literal["operator", "crm"]
_NOTE = "NOTE#"
_STAYS = ("TRAIL#", "HEAD", _NOTE)


@dataclass
class Report:
    """How much went, by class of data; it holds nothing of what went. `notes` are those that the CRM is to delete, by
    their leads."""

    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, number: int) -> None:
        """Count what went."""
        self.counts[what] = self.counts.get(what, 0) + number

    def include(self, other: Report) -> None:
        """What another report counted went too."""
        for what, number in other.counts.items():
            self.add(what, number)
        self.notes += other.notes


@dataclass(frozen=True)
class LeadEraser:
    """What holds a lead; `cancel` drops a schedule by its name, and says whether there was one."""

    rows: Rows
    documents: S3Documents
    facts: Facts
    bus: Bus
    cancel: Callable[[str], bool]
    clock: Clock

    def erase(self, lead: Lead, who: Who, by: By, keep_days: int) -> Report:
        """All of it but the trail, which then says so. Errors: StorageUnavailable, BusUnavailable."""
        report, pk = Report(), f"LEAD#{lead.id}"
        report.add("documents", self.documents.delete_below(f"research/{lead.id}/"))
        report.add("schedules", sum(map(self.cancel, schedule_names(lead.id))))
        report.add("items about the account", self._account(lead, who))
        for vote in self.rows.query(f"VOTES#{lead.id}"):
            report.add("marks and ratings of its brief", self.rows.delete(str(vote["pk"]), str(vote["sk"])))
        items = self.rows.query(pk)
        for item in items:
            self._item(pk, item, report)
        self._recorded(lead, report, by, keep_days)
        self._ask_back(lead, items, report)
        report.add("leads", self.rows.delete(pk, "LEAD"))
        return report

    def _account(self, lead: Lead, who: Who) -> int:
        """All that is known of an account that goes, or of a person alone; of one that stays, the lead's briefs."""
        if lead.prospect is None:
            return 0
        pk = f"ACCOUNT#{lead.prospect.key}"
        goes = who.is_account or not lead.prospect.has_company
        items = [item for item in self.rows.query(pk) if goes or item.get("lead_id") == lead.id]
        return sum(self.rows.delete(pk, str(item["sk"])) for item in items)

    def _item(self, pk: str, item: dict[str, Any], report: Report) -> None:
        sk = str(item["sk"])
        if sk == "CALL":
            report.add("calls in managers' lists", self.rows.delete(f"CALLS#{item['day']}", str(item["at"])))
            self.rows.add("TALLY", str(item["day"]), "changes")  # what was counted of the day is counted again
        if sk != "LEAD" and not sk.startswith(_STAYS):
            report.add("items of leads", self.rows.delete(pk, sk))

    def _recorded(self, lead: Lead, report: Report, by: By, keep_days: int) -> None:
        about = {"lead_id": lead.id, "correlation_id": lead.correlation_id, "at": self.clock(), "by": by}
        counts = {what: number for what, number in report.counts.items() if what != "documents" and number}
        erased = {**about, "documents": report.counts["documents"], "counts": counts}
        self.facts.append(LeadErased.model_validate(erased), keep_days)

    def _ask_back(self, lead: Lead, items: list[dict[str, Any]], report: Report) -> None:
        """Of each brief that was begun to be written back, whether or not the CRM said so."""
        begun = {str(item["sk"]).removeprefix(_NOTE) for item in items if str(item["sk"]).startswith(_NOTE)}
        told = {event.research_id for event in self.facts.trail(lead.id) if isinstance(event, BriefWrittenBack)}
        about = {"lead_id": lead.id, "correlation_id": lead.correlation_id, "at": self.clock()}
        of = {"crm": lead.crm, "crm_id": lead.crm_id}
        asks = [NoteErasureAsked.model_validate({**about, **of, "research_id": one}) for one in sorted(begun | told)]
        if asks:
            self.bus.publish(*asks)
        report.notes += [lead.id] * len(asks)
        for research_id in begun:
            report.add("items of leads", self.rows.delete(f"LEAD#{lead.id}", f"{_NOTE}{research_id}"))
