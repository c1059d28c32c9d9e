"""Items of the table as they are, whatever they mean: for who gives out or erases what others keep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb.conditions import Attr, ConditionBase, Key
from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True)
class Rows:
    """The table. Errors: StorageUnavailable."""

    table: Table

    def query(self, pk: str) -> list[dict[str, Any]]:
        """All items of a partition."""
        return list(self._pages("query", KeyConditionExpression=Key("pk").eq(pk), ConsistentRead=True))

    def scan(self, prefix: str, condition: ConditionBase) -> Iterator[dict[str, Any]]:
        """The items whose partition begins with `prefix` and for which `condition` holds; reads the whole table."""
        return self._pages("scan", FilterExpression=Attr("pk").begins_with(prefix) & condition)

    def delete(self, pk: str, sk: str) -> int:
        """1 when there was such an item, else 0."""
        try:
            gone = self.table.delete_item(Key={"pk": pk, "sk": sk}, ReturnValues="ALL_OLD")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not erase an item: {error}") from error
        return int("Attributes" in gone)

    def add(self, pk: str, sk: str, name: str) -> None:
        """One more in an item's counter."""
        try:
            self.table.update_item(
                Key={"pk": pk, "sk": sk},
                UpdateExpression="ADD #name :one",
                ExpressionAttributeNames={"#name": name},
                ExpressionAttributeValues={":one": 1},
            )
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not count: {error}") from error

    def replace(self, item: dict[str, Any], doc: str) -> None:
        """Another `doc` in a versioned item; StorageUnavailable when somebody changed it meanwhile."""
        try:
            self.table.update_item(
                Key={"pk": item["pk"], "sk": item["sk"]},
                UpdateExpression="SET doc = :doc ADD version :one",
                ConditionExpression="version = :seen",
                ExpressionAttributeValues={":doc": doc, ":one": 1, ":seen": item["version"]},
            )
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not change an item, do it again: {error}") from error

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
