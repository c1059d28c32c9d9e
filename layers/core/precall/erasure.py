"""A person's or a company's data: found, shown, and erased (GDPR, articles 15 and 17).

Erasing is safe to repeat: who was stopped half-way begins again. By the leads it is known whose data goes, so these go
last of all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Attr

from precall.briefed import quoted_for
from precall.bus import Bus
from precall.clock import Clock
from precall.deals import SK as DEALS
from precall.deals import deals_in
from precall.documents import S3Documents
from precall.erasing import By, LeadEraser, Report
from precall.errors import LeadNotFound
from precall.facts import Facts
from precall.listened import Listened
from precall.model import Lead
from precall.rows import Rows
from precall.standings import Standing
from precall.suppression import SuppressionList, account_marks, marks_of
from precall.whose import Who

CACHE, REJECTED = "cache/", "rejected/"


@dataclass(frozen=True)
class Rights:
    """One deployment's data. Errors: StorageUnavailable, BusUnavailable."""

    rows: Rows
    documents: S3Documents
    facts: Facts
    suppressed: SuppressionList
    bus: Bus
    cancel: Callable[[str], bool]
    clock: Clock

    def leads(self, who: Who) -> Iterator[Lead]:
        """Their leads; reads the whole table."""
        for item in self.rows.scan("LEAD#", Attr("sk").eq("LEAD")):
            lead = Lead.model_validate_json(str(item["doc"])) if "doc" in item else None
            if lead and who.matches(lead):
                yield lead

    def erase(
        self,
        who: Who,
        keep_days: int,
        progress: Callable[[str], object] = lambda step: None,
        *,
        by: By = "operator",
        asked: Lead | None = None,
    ) -> Report:
        """Suppress them, then erase all that is theirs; `keep_days` for the record in each lead's trail. The lead that
        was `asked` about goes with it whatever is known of them, after the others."""
        report = Report()
        report.add("marks put on the suppression list", self.suppressed.add(who.marks))
        found = {lead.id: lead for lead in (*self.leads(who), *([asked] if asked else ()))}
        leads = sorted(found.values(), key=lambda lead: asked is not None and lead.id == asked.id)
        for lead in leads if not who.is_account else ():
            report.add("marks put on the suppression list", self.suppressed.add(marks_of(lead) - _company(lead)))
        self._erase_around(who, leads, report, progress)
        eraser = LeadEraser(self.rows, self.documents, self.facts, self.bus, self.cancel, self.clock)
        for number, lead in enumerate(leads, 1):
            progress(f"lead {number} of {len(leads)}: its documents, schedules and items")
            report.include(eraser.erase(lead, who, by, keep_days))
        return report

    def _erase_around(self, who: Who, leads: list[Lead], report: Report, progress: Callable[[str], object]) -> None:
        progress("activities, the watch list, the cache, and rejected deliveries")
        self._erase_listened(who, leads, report)
        report.add("activities", self._erase_activities(who))
        report.add("cached answers", self.documents.delete_below(CACHE))
        report.add("rejected deliveries", self._erase_rejected(who, leads))

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
