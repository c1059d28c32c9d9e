"""Many leads at once: one request to DynamoDB in place of one for each lead, and every lead still written once.

A transaction is all or nothing, and says of each lead why not. So those that are known are left out of the next try.
https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.model import Lead

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

AT_ONCE = 100
"""The most writes that a transaction has."""
TRIES = 6
_FIRST_PAUSE = 0.02
_KNOWN = "ConditionalCheckFailed"

Reason = dict[str, Any]
T = TypeVar("T")


def add_all(table: Table, leads: Sequence[Lead], keep_days: int) -> list[str]:
    """Store the leads (ids differ) that are not known; the ids of those that still have to be published, which a known
    one may have. StorageUnavailable: some may be stored, which a second call makes good."""
    waiting: list[str] = []
    for part in _parts(leads):
        for lead, reason in _write(table, {lead.id: put_new(table, lead, keep_days) for lead in part}):
            if not reason.get("Item", {}).get("published", {}).get("BOOL", False):
                waiting.append(lead)
    return waiting


def mark_all(table: Table, lead_ids: Sequence[str]) -> None:
    """The leads' acquisition is on the bus. One that was erased meanwhile stays erased. StorageUnavailable."""
    for part in _parts(lead_ids):
        for _ in _write(table, {lead_id: _published(table, lead_id) for lead_id in part}):
            pass


def _item(lead: Lead, keep_days: int) -> dict[str, Any]:
    """A new lead as it is stored."""
    expires = int((lead.acquired_at + timedelta(days=keep_days)).timestamp())
    return {**_key(lead.id), "doc": lead.model_dump_json(), "published": False, "expires_at": expires}


def put_new(table: Table, lead: Lead, keep_days: int) -> dict[str, Any]:
    """The write of a transaction that stores a lead unless it is known."""
    return {
        "Put": {
            "TableName": table.name,
            "Item": _item(lead, keep_days),
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def _published(table: Table, lead_id: str) -> dict[str, Any]:
    return {
        "Update": {
            "TableName": table.name,
            "Key": _key(lead_id),
            "UpdateExpression": "SET published = :yes",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": {":yes": True},
        }
    }


def _write(table: Table, writes: dict[str, dict[str, Any]]) -> Iterator[tuple[str, Reason]]:
    """Make `writes` (by lead): each lead with {} when it was written, with the reason when its condition forbade it."""
    for attempt in range(TRIES):
        reasons = _refusals(table, list(writes.values()))
        if reasons is None:
            yield from ((lead_id, {}) for lead_id in writes)
            return
        refused = {
            lead_id: reason for lead_id, reason in zip(writes, reasons, strict=True) if reason.get("Code") == _KNOWN
        }
        yield from refused.items()
        writes = {lead_id: write for lead_id, write in writes.items() if lead_id not in refused}
        if not writes:
            return
        if not refused:  # another delivery is writing the same leads, or DynamoDB is busy
            time.sleep(_FIRST_PAUSE * 2**attempt * (0.5 + random.random()))  # noqa: S311 - spreads tries, no secret
    raise StorageUnavailable(f"DynamoDB did not write {len(writes)} leads in {TRIES} tries")


def _refusals(table: Table, writes: list[dict[str, Any]]) -> list[Reason] | None:
    """None when all were written; else why not, one for each."""
    client = table.meta.client
    try:
        client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]
    except client.exceptions.TransactionCanceledException as error:
        return [dict(reason) for reason in error.response["CancellationReasons"]]
    except (ClientError, BotoCoreError) as error:
        raise StorageUnavailable(f"DynamoDB did not serve {len(writes)} leads: {error}") from error
    return None


def _key(lead_id: str) -> dict[str, str]:
    return {"pk": f"LEAD#{lead_id}", "sk": "LEAD"}


def _parts(things: Sequence[T]) -> Iterable[Sequence[T]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))
