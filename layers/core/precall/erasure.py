"""A person's or a company's data: found, shown, and erased (GDPR, articles 15 and 17).

Erasing is safe to repeat: who was stopped half-way begins again, and a lead goes last of all that is its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from boto3.dynamodb.conditions import Attr

from precall.briefed import quoted_for
from precall.clock import Clock
from precall.deals import SK as DEALS
from precall.deals import deals_in
from precall.documents import S3Documents
from precall.errors import LeadNotFound
from precall.events import LeadErased
from precall.facts import Facts
from precall.listened import Listened
from precall.model import Lead
from precall.rows import Rows
from precall.standings import Standing
from precall.suppression import SuppressionList, account_marks, marks_of
from precall.whose import Who

CACHE, REJECTED = "cache/", "rejected/"
_STAYS = ("TRAIL#", "HEAD")


@dataclass
class Report:
    """How much went, by class of data; it holds nothing of what went. `notes` are ids of notes that stand in a CRM."""

    counts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, what: str, number: int) -> None:
        """Count what went."""
        self.counts[what] = self.counts.get(what, 0) + number


@dataclass(frozen=True)
class Rights:
    """One deployment's data. Errors: StorageUnavailable."""

    rows: Rows
    documents: S3Documents
    facts: Facts
    suppressed: SuppressionList
    clock: Clock

    def leads(self, who: Who) -> Iterator[Lead]:
        """Their leads; reads the whole table."""
        for item in self.rows.scan("LEAD#", Attr("sk").eq("LEAD")):
            lead = Lead.model_validate_json(str(item["doc"])) if "doc" in item else None
            if lead and who.matches(lead):
                yield lead

    def erase(self, who: Who, keep_days: int, progress: Callable[[str], object] = lambda step: None) -> Report:
        """Suppress them, then erase all that is theirs; `keep_days` for the record in each lead's trail."""
        report, leads = Report(), list[Lead]()
        report.add("marks put on the suppression list", self.suppressed.add(who.marks))
        for lead in self.leads(who):
            progress(f"lead {len(leads) + 1}: its documents and items")
            if not who.is_account:
                report.add("marks put on the suppression list", self.suppressed.add(marks_of(lead) - _company(lead)))
                self._erase_listened(who, [lead], report)
            self._erase_lead(lead, who, report, keep_days)
            leads.append(lead)
        progress("activities, the watch list, the cache, and rejected deliveries")
        self._erase_listened(who, (), report)
        report.add("activities", self._erase_activities(who))
        report.add("cached answers", self.documents.delete_below(CACHE))
        report.add("rejected deliveries", self._erase_rejected(who, leads))
        return report

    def asked(self) -> Iterator[Lead]:
        """The leads whose person, as the CRM told, must be forgotten and whose data is still kept; reads the table."""
        told = Attr("sk").begins_with("TRAIL#") & Attr("doc").contains('"type":"erasure.asked"')
        for item in self.rows.scan("LEAD#", told):
            with suppress(LeadNotFound):
                yield self.facts.lead(str(item["pk"]).removeprefix("LEAD#"))

    def export(self, who: Who) -> dict[str, Any]:
        """All that is kept about them, as JSON."""
        items = self.rows.scan("ACCOUNT#", Attr("sk").begins_with("ACTIVITIES#"))
        waiting = (logged for item in items for logged in Standing.model_validate_json(str(item["doc"])).waiting)
        leads = list(self.leads(who))
        return {
            "leads": [self._lead_export(lead) for lead in leads],
            "activities": [logged.model_dump(mode="json") for logged in waiting if who.did(logged)],
            **Listened(self.rows).export(who, leads),
        }

    def _lead_export(self, lead: Lead) -> dict[str, Any]:
        items = [*self.rows.query(f"LEAD#{lead.id}"), *self.rows.query(f"VOTES#{lead.id}")]
        return {
            "lead": lead.model_dump(mode="json"),
            "quoted": quoted_for(lead, self.rows.query),
            "deals": {record: deal for item in items if item["sk"] == DEALS for record, deal in deals_in(item)},
            "items": {str(item["sk"]): str(item["doc"]) for item in items if "doc" in item and item["sk"] != "LEAD"},
            "documents": {key: self.documents.get(key) for key in self.documents.keys_below(f"research/{lead.id}/")},
        }

    def _erase_lead(self, lead: Lead, who: Who, report: Report, keep_days: int) -> None:
        pk = f"LEAD#{lead.id}"
        documents = self.documents.delete_below(f"research/{lead.id}/")
        report.add("documents", documents)
        report.add("items about the account", self._erase_account(lead, who))
        for vote in self.rows.query(f"VOTES#{lead.id}"):
            report.add("marks and ratings of its brief", self.rows.delete(str(vote["pk"]), str(vote["sk"])))
        for item in self.rows.query(pk):
            sk = str(item["sk"])
            if sk == "CALL":
                report.add("calls in managers' lists", self.rows.delete(f"CALLS#{item['day']}", str(item["at"])))
                self.rows.add("TALLY", str(item["day"]), "changes")  # what was counted of the day is counted again
            if sk.startswith("NOTE#") and "note_id" in item:
                report.notes.append(f"{lead.crm} note {item['note_id']}")
            if sk != "LEAD" and not sk.startswith(_STAYS):
                report.add("items of leads", self.rows.delete(pk, sk))
        event = LeadErased(lead_id=lead.id, correlation_id=lead.correlation_id, at=self.clock(), documents=documents)
        self.facts.append(event, keep_days)
        report.add("leads", self.rows.delete(pk, "LEAD"))

    def _erase_listened(self, who: Who, leads: Sequence[Lead], report: Report) -> None:
        for what, number in Listened(self.rows).forget(who, leads).items():
            report.add(what, number)

    def _erase_activities(self, who: Who) -> int:
        """Those that no lead was made of yet."""
        gone = 0
        for item in self.rows.scan("ACCOUNT#", Attr("sk").begins_with("ACTIVITIES#")):
            standing = Standing.model_validate_json(str(item["doc"]))
            waiting = tuple(logged for logged in standing.waiting if not who.did(logged))
            if len(waiting) < len(standing.waiting):
                self.rows.replace(item, standing.model_copy(update={"waiting": waiting}).model_dump_json())
                gone += len(standing.waiting) - len(waiting)
        return gone

    def _erase_account(self, lead: Lead, who: Who) -> int:
        """All that is known of an account that goes, or of a person alone; of one that stays, the lead's briefs."""
        if lead.prospect is None:
            return 0
        pk = f"ACCOUNT#{lead.prospect.key}"
        goes = who.is_account or not lead.prospect.has_company
        items = [item for item in self.rows.query(pk) if goes or item.get("lead_id") == lead.id]
        return sum(self.rows.delete(pk, str(item["sk"])) for item in items)

    def _erase_rejected(self, who: Who, leads: list[Lead]) -> int:
        """Deliveries that were refused and have their address or their name."""
        contacts = [lead.prospect.contact for lead in leads if lead.prospect and lead.prospect.contact]
        accounts = [who.account.domain, who.account.name] if who.account and who.is_account else []
        known = [who.email, *accounts, *(c.email for c in contacts), *(c.name for c in contacts if not who.is_account)]
        needles = {str(text).casefold() for text in known if text}
        keys = [key for key in self.documents.keys_below(REJECTED) if _has(self.documents.get(key), needles)]
        return sum(self.documents.delete_below(key) for key in keys)


def _company(lead: Lead) -> frozenset[str]:
    return account_marks(lead.prospect.account) if lead.prospect else frozenset()


def _has(text: str, needles: set[str]) -> bool:
    try:
        said = json.dumps(json.loads(text), ensure_ascii=False).casefold()
    except ValueError:
        said = text.casefold()
    return any(needle in said for needle in needles)
