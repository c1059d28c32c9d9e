"""Facts live in DynamoDB: leads, their assignment, whose turn it is, and the append-only trail.

One table, keys `pk` and `sk`; every write is conditional or atomic, so that a second try changes nothing:

| pk          | sk                     | what                                            |
|-------------|------------------------|-------------------------------------------------|
| LEAD#<id>   | LEAD                   | the lead as acquired (`doc`), `published`       |
| LEAD#<id>   | ASSIGNMENT             | who calls, when, why (`doc`, its `revision`)    |
| LEAD#<id>   | TRAIL#<event id>, HEAD | the trail: see `precall.trail`                  |
| SUPPRESSED  | <hash>                 | who is not researched: `precall.suppression`    |
| TEAM        | ROUND_ROBIN(#<pool>)   | `turn`, a counter                               |
| IDEMPOTENCY | <function>#<hash>      | which mails went out (`deliver.once`)           |
| FLIGHT#<id> | FLIGHT                 | who collects, does a research (`flights`)       |
| BUDGET#<day>| BUDGET                 | how many researches were begun (`budget`)       |
| ERASURES    | <lead id>              | whom a CRM told to forget (`erasure_asks`)      |
| RATE#<name> | RATE                   | a source's or host's turns (`fetch.manners`)    |

What is known of accounts lies in the same table (`precall.accounts`), and who is listened to
(`precall.watch_store`, `precall.told`, `precall.alert_store`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import LeadNotFound, StorageUnavailable
from precall.events import Event, parse_event
from precall.lead_batch import add_all, mark_all
from precall.model import Assignment, Lead
from precall.suppression import SuppressionList, marks_of
from precall.trail import DynamoTrail

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Facts(Protocol):
    """The port."""

    def add_lead(self, lead: Lead, keep_days: int) -> bool:
        """Store a lead unless its id is known. Whether it still has to be published: True for a new lead, and
        for a known one whose `mark_published` was never reached."""

    def add_leads(self, leads: Sequence[Lead], keep_days: int) -> list[str]:
        """`add_lead` for many at once (ids differ): the ids of those that still have to be published."""

    def mark_published(self, *lead_ids: str) -> None:
        """The leads' acquisition is on the bus: a redelivery has nothing left to do. Erased ones stay erased."""

    def complete_lead(self, lead: Lead) -> None:
        """Replace the stored lead by what was read back from the CRM; LeadNotFound (an erased one stays erased)."""

    def lead(self, lead_id: str) -> Lead:
        """The lead; LeadNotFound."""

    def suppressed(self, lead: Lead) -> bool:
        """Whether the lead's person or company must not be researched: see `precall.suppression`."""

    def suppress(self, marks: Iterable[str]) -> None:
        """Nobody with one of these marks is researched any more."""

    def ask_erasure(self, lead_id: str, crm: str, at: datetime, keep_days: int) -> None:
        """Keep that a CRM asked for the lead's person to be forgotten: see `precall.erasure_asks`."""

    def next_turn(self, pool: str = "") -> int:
        """0, 1, 2, … for each pool of reps: each value once, however many ask at the same time."""

    def assign(self, assignment: Assignment, keep_days: int) -> Assignment:
        """Store the assignment unless the lead has one; the one that holds is returned."""

    def assignment(self, lead_id: str) -> Assignment | None:
        """The lead's assignment, if it has one."""

    def reassign(self, assignment: Assignment) -> bool:
        """Store the next revision of an assignment; False when another change was faster, or it was erased."""

    def append(self, event: Event, keep_days: int) -> bool:
        """Add to the lead's trail, once per event id; False when it was there."""

    def trail(self, lead_id: str) -> list[Event]:
        """The lead's events, oldest first."""

    def recorded(self, lead_id: str, event_id: str) -> Event | None:
        """The event of this id in the lead's trail, if it is there."""


class DynamoFacts:
    """The table. Errors: StorageUnavailable, LeadNotFound."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._trail = DynamoTrail(table)
        self._suppression = SuppressionList(table)

    def add_lead(self, lead: Lead, keep_days: int) -> bool:
        """See `Facts.add_lead`."""
        return bool(self.add_leads([lead], keep_days))

    def add_leads(self, leads: Sequence[Lead], keep_days: int) -> list[str]:
        """See `Facts.add_leads`."""
        return add_all(self._table, leads, keep_days)

    def mark_published(self, *lead_ids: str) -> None:
        """See `Facts.mark_published`."""
        mark_all(self._table, lead_ids)

    def complete_lead(self, lead: Lead) -> None:
        """See `Facts.complete_lead`."""
        with _storage("lead"):
            try:
                self._table.update_item(
                    Key=_lead_key(lead.id),
                    UpdateExpression="SET doc = :doc",
                    ConditionExpression="attribute_exists(pk)",
                    ExpressionAttributeValues={":doc": lead.model_dump_json()},
                )
            except self._table.meta.client.exceptions.ConditionalCheckFailedException:
                raise LeadNotFound(f"there is no lead {lead.id}") from None

    def lead(self, lead_id: str) -> Lead:
        """See `Facts.lead`."""
        item = self._get(lead_id, "LEAD")
        if "doc" not in item:
            raise LeadNotFound(f"there is no lead {lead_id}")
        return Lead.model_validate_json(item["doc"])

    def suppressed(self, lead: Lead) -> bool:
        """See `Facts.suppressed`."""
        return self._suppression.has(marks_of(lead))

    def suppress(self, marks: Iterable[str]) -> None:
        """See `Facts.suppress`."""
        self._suppression.add(marks)

    def ask_erasure(self, lead_id: str, crm: str, at: datetime, keep_days: int) -> None:
        """See `Facts.ask_erasure`."""
        from precall.erasure_asks import ErasureAsks  # of all functions, two need it

        ErasureAsks(self._table).ask(lead_id, crm, at, keep_days)

    def next_turn(self, pool: str = "") -> int:
        """See `Facts.next_turn`."""
        with _storage("round robin"):
            answer = self._table.update_item(
                Key={"pk": "TEAM", "sk": f"ROUND_ROBIN#{pool}" if pool else "ROUND_ROBIN"},
                UpdateExpression="ADD turn :one",
                ExpressionAttributeValues={":one": 1},
                ReturnValues="UPDATED_NEW",
            )
        return int(str(answer["Attributes"]["turn"])) - 1

    def assign(self, assignment: Assignment, keep_days: int) -> Assignment:
        """See `Facts.assign`."""
        key = _lead_key(assignment.lead_id, "ASSIGNMENT")
        item = {**key, "doc": assignment.model_dump_json(), "revision": assignment.revision}
        if self._put_new(item, assignment.assigned_at, keep_days):
            return assignment
        return self.assignment(assignment.lead_id) or assignment

    def assignment(self, lead_id: str) -> Assignment | None:
        """See `Facts.assignment`."""
        item = self._get(lead_id, "ASSIGNMENT")
        return Assignment.model_validate_json(item["doc"]) if "doc" in item else None

    def reassign(self, assignment: Assignment) -> bool:
        """See `Facts.reassign`."""
        with _storage("ASSIGNMENT"):
            try:
                self._table.update_item(
                    Key=_lead_key(assignment.lead_id, "ASSIGNMENT"),
                    UpdateExpression="SET doc = :doc, revision = :revision",
                    ConditionExpression="revision = :before",
                    ExpressionAttributeValues={
                        ":doc": assignment.model_dump_json(),
                        ":revision": assignment.revision,
                        ":before": assignment.revision - 1,
                    },
                )
            except self._table.meta.client.exceptions.ConditionalCheckFailedException:
                return False
        return True

    def append(self, event: Event, keep_days: int) -> bool:
        """See `Facts.append`."""
        return self._trail.append(event, keep_days)

    def trail(self, lead_id: str) -> list[Event]:
        """See `Facts.trail`."""
        docs = [record.doc for record in self._trail.records(lead_id) if record.doc is not None]
        events = [parse_event(json.loads(doc)) for doc in docs]
        return sorted(events, key=lambda event: event.at)

    def recorded(self, lead_id: str, event_id: str) -> Event | None:
        """See `Facts.recorded`."""
        item = self._get(lead_id, f"TRAIL#{event_id}")
        return parse_event(json.loads(item["doc"])) if "doc" in item else None

    def _put_new(self, item: dict[str, Any], at: datetime, keep_days: int) -> bool:
        expires = int((at + timedelta(days=keep_days)).timestamp())
        with _storage(item["sk"]):
            try:
                self._table.put_item(
                    Item={**item, "expires_at": expires}, ConditionExpression="attribute_not_exists(pk)"
                )
            except self._table.meta.client.exceptions.ConditionalCheckFailedException:
                return False
        return True

    def _get(self, lead_id: str, sk: str) -> dict[str, Any]:
        with _storage(sk):
            return self._table.get_item(Key=_lead_key(lead_id, sk), ConsistentRead=True).get("Item", {})


def _lead_key(lead_id: str, sk: str = "LEAD") -> dict[str, str]:
    return {"pk": f"LEAD#{lead_id}", "sk": sk}


@contextmanager
def _storage(what: str) -> Iterator[None]:
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        raise StorageUnavailable(f"DynamoDB did not serve {what}: {error}") from error
