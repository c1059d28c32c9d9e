"""The append-only trail of a lead, in the table of `precall.facts`; each record is chained to the one before.

| pk        | sk               | what                                                                              |
|-----------|------------------|-----------------------------------------------------------------------------------|
| LEAD#<id> | TRAIL#<event id> | one event (`doc`), its `number` and the links of `precall.chain`                  |
| LEAD#<id> | HEAD             | the last record's `number` and `hash`                                             |

A record and the head are written in one transaction, on the condition that nobody was faster.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.chain import Head, Record, link, start_of
from precall.errors import StorageUnavailable
from precall.events import Event
from precall.transactions import Writes, written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class DynamoTrail:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def append(self, event: Event, keep_days: int) -> bool:
        """Add the event at the end of its lead's trail, once per event id; False when it was there."""
        until = int((event.at + timedelta(days=keep_days)).timestamp())

        def writes() -> Writes:
            head = self.head(event.lead_id) or start_of(event.lead_id)
            return self._writes(event.lead_id, link(head, event.id, event.model_dump_json(), until), head)

        return written(self._table, writes, "a record of a trail")

    def head(self, lead_id: str) -> Head | None:
        """Where the lead's trail ends; None without one."""
        try:
            item = self._table.get_item(Key=_key(lead_id, "HEAD"), ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve the head of a trail: {error}") from error
        return Head(_whole(item, "number"), str(item["hash"]), _whole(item, "expires_at")) if item else None

    def records(self, lead_id: str) -> list[Record]:
        """The lead's records in their order."""
        return sorted((_record(item) for item in self._items(lead_id)), key=lambda record: record.number)

    def leads(self) -> Iterator[str]:
        """Every lead that has a trail; reads the whole table."""
        try:
            pages = self._table.meta.client.get_paginator("scan").paginate(
                TableName=self._table.name,
                FilterExpression="sk = :head AND begins_with(pk, :lead)",
                ExpressionAttributeValues={":head": "HEAD", ":lead": "LEAD#"},
                ProjectionExpression="pk",
            )
            for page in pages:
                yield from (str(item["pk"]).removeprefix("LEAD#") for item in page["Items"])
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not list the trails: {error}") from error

    def _items(self, lead_id: str) -> Iterator[Mapping[str, Any]]:
        try:
            pages = self._table.meta.client.get_paginator("query").paginate(
                TableName=self._table.name,
                KeyConditionExpression="pk = :lead AND begins_with(sk, :trail)",
                ExpressionAttributeValues={":lead": f"LEAD#{lead_id}", ":trail": "TRAIL#"},
                ConsistentRead=True,
            )
            for page in pages:
                yield from page["Items"]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve a trail: {error}") from error

    def _writes(self, lead_id: str, record: Record, head: Head) -> Writes:
        kept = {
            "number": record.number,
            "digest": record.digest,
            "before": record.before,
            "before_until": record.before_until,
            "expires_at": record.until,
            "hash": record.hash,
            "doc": record.doc,
        }
        new_head = {**_key(lead_id, "HEAD"), "number": record.number, "hash": record.hash}
        unmoved = {
            "ConditionExpression": "#hash = :hash" if head.number else "attribute_not_exists(pk)",
            **({"ExpressionAttributeNames": {"#hash": "hash"}} if head.number else {}),
            **({"ExpressionAttributeValues": {":hash": head.hash}} if head.number else {}),
        }
        return [
            {
                "Put": {
                    "TableName": self._table.name,
                    "Item": {**_key(lead_id, f"TRAIL#{record.event_id}"), **kept},
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            },
            {
                "Put": {
                    "TableName": self._table.name,
                    "Item": {**new_head, "expires_at": record.until},
                    **unmoved,
                }
            },
        ]


def _key(lead_id: str, sk: str) -> dict[str, str]:
    return {"pk": f"LEAD#{lead_id}", "sk": sk}


def _whole(item: Mapping[str, Any], name: str) -> int:
    return int(item.get(name, 0))


def _record(item: Mapping[str, Any]) -> Record:
    return Record(
        number=_whole(item, "number"),
        event_id=str(item["sk"]).removeprefix("TRAIL#"),
        digest=str(item.get("digest", "")),
        before=str(item.get("before", "")),
        before_until=_whole(item, "before_until"),
        until=_whole(item, "expires_at"),
        hash=str(item.get("hash", "")),
        doc=str(item["doc"]) if "doc" in item else None,
    )
