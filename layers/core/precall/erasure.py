"""A person's or a company's data: found, shown, and erased (GDPR, articles 15 and 17).

Erasing is safe to repeat: who was stopped half-way begins again, and a lead goes last of all that is its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import BotoCoreError, ClientError

from precall.clock import Clock
from precall.documents import S3Documents
from precall.errors import StorageUnavailable
from precall.events import LeadErased
from precall.facts import Facts
from precall.model import Lead
from precall.suppression import SuppressionList, contact_marks
from precall.whose import Who

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

CACHE, REJECTED = "cache/", "rejected/"


@dataclass
class Report:
    """How much went, by class of data; it holds nothing of what went."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, number: int) -> None:
        """Count what went."""
        self.counts[what] = self.counts.get(what, 0) + number


@dataclass(frozen=True)
class Rights:
    """One deployment's data. Errors: StorageUnavailable."""

    table: Table
    documents: S3Documents
    facts: Facts
    suppressed: SuppressionList
    clock: Clock

    def leads(self, who: Who) -> Iterator[Lead]:
        """Their leads; reads the whole table."""
        for item in self._scan(Attr("sk").eq("LEAD")):
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
                report.add("marks put on the suppression list", self.suppressed.add(contact_marks(lead)))
            self._erase_lead(lead, who, report, keep_days)
            leads.append(lead)
        progress("the cache, and rejected deliveries")
        report.add("cached answers", self.documents.delete_below(CACHE))
        report.add("rejected deliveries", self._erase_rejected(who, leads))
        return report

    def export(self, who: Who) -> dict[str, Any]:
        """All that is kept about them, as JSON."""
        return {"leads": [self._lead_export(lead) for lead in self.leads(who)]}

    def _lead_export(self, lead: Lead) -> dict[str, Any]:
        items = self._query(f"LEAD#{lead.id}")
        return {
            "lead": lead.model_dump(mode="json"),
            "items": {str(item["sk"]): str(item["doc"]) for item in items if "doc" in item and item["sk"] != "LEAD"},
            "documents": {key: self.documents.get(key) for key in self.documents.keys_below(f"research/{lead.id}/")},
        }

    def _erase_lead(self, lead: Lead, who: Who, report: Report, keep_days: int) -> None:
        documents = self.documents.delete_below(f"research/{lead.id}/")
        report.add("documents", documents)
        report.add("items about the account", self._erase_account(lead, who))
        report.add("assignments", self._delete(f"LEAD#{lead.id}", "ASSIGNMENT"))
        event = LeadErased(
            lead_id=lead.id, correlation_id=lead.correlation_id, at=self.clock(), documents=documents
        )  # fmt: skip
        self.facts.append(event, keep_days)
        report.add("leads", self._delete(f"LEAD#{lead.id}", "LEAD"))

    def _erase_account(self, lead: Lead, who: Who) -> int:
        """All that is known of an account that goes, or of a person alone; of one that stays, the lead's briefs."""
        if lead.prospect is None:
            return 0
        pk = f"ACCOUNT#{lead.prospect.key}"
        goes = who.is_account or not lead.prospect.has_company
        items = [item for item in self._query(pk) if goes or item.get("lead_id") == lead.id]
        return sum(self._delete(pk, str(item["sk"])) for item in items)

    def _erase_rejected(self, who: Who, leads: list[Lead]) -> int:
        """Deliveries that were refused and have their address or their name."""
        contacts = [lead.prospect.contact for lead in leads if lead.prospect and lead.prospect.contact]
        accounts = [who.account.domain, who.account.name] if who.account and who.is_account else []
        known = [who.email, *accounts, *(c.email for c in contacts), *(c.name for c in contacts if not who.is_account)]
        needles = {str(text).casefold() for text in known if text}
        keys = [key for key in self.documents.keys_below(REJECTED) if _has(self.documents.get(key), needles)]
        return sum(self.documents.delete_below(key) for key in keys)

    def _delete(self, pk: str, sk: str) -> int:
        try:
            gone = self.table.delete_item(Key={"pk": pk, "sk": sk}, ReturnValues="ALL_OLD")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not erase an item: {error}") from error
        return int("Attributes" in gone)

    def _query(self, pk: str) -> list[dict[str, Any]]:
        return list(self._pages("query", KeyConditionExpression=Key("pk").eq(pk), ConsistentRead=True))

    def _scan(self, condition: Any) -> Iterator[dict[str, Any]]:
        return self._pages("scan", FilterExpression=condition & Attr("pk").begins_with("LEAD#"))

    def _pages(self, verb: str, **asked: Any) -> Iterator[dict[str, Any]]:
        after: dict[str, Any] = {}
        while True:
            try:
                page = getattr(self.table, verb)(**asked, **after)
            except (ClientError, BotoCoreError) as error:
                raise StorageUnavailable(f"DynamoDB did not list what is kept: {error}") from error
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            after = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def _has(text: str, needles: set[str]) -> bool:
    try:
        said = json.dumps(json.loads(text), ensure_ascii=False).casefold()
    except ValueError:
        said = text.casefold()
    return any(needle in said for needle in needles)
