"""The watch list in the table of `precall.facts`, one item an account:

| pk      | sk            | what                                                                                 |
|---------|---------------|--------------------------------------------------------------------------------------|
| WATCHES | <account key> | the account (`doc`), the `leads` for which it is watched, the `rep` whom a person    |
|         |               | named, when it is due (`due_at`, seconds)                                            |

Access patterns: what is due is one Query of the whole list, which is small (an account is some 300 bytes).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.model import Account
from precall.watches import Watch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PK = "WATCHES"


class DynamoWatches:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def all(self) -> list[Watch]:
        """See `Watches.all`."""
        found: list[Watch] = []
        asked: dict[str, Any] = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": PK}}
        try:
            while True:
                page = self._table.query(ConsistentRead=True, **asked)
                found += map(watch_in, page["Items"])
                if "LastEvaluatedKey" not in page:
                    return sorted(found, key=lambda watch: (watch.due_at, watch.key))
                asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve the watch list: {error}") from error

    def get(self, key: str) -> Watch | None:
        """See `Watches.get`."""
        try:
            item = self._table.get_item(Key=_key(key), ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve the watch list: {error}") from error
        return watch_in(item) if item else None

    def add(self, watch: Watch, now: datetime, keep_days: int) -> None:
        """See `Watches.add`."""
        sets = ["doc = :doc", "due_at = if_not_exists(due_at, :due)", "expires_at = :until"]
        values: dict[str, Any] = {
            ":doc": watch.account.model_dump_json(exclude_defaults=True),
            ":due": int(watch.due_at.timestamp()),
            ":until": _until(now, keep_days),
        }
        if watch.owner:
            sets.append("rep = :rep")
            values[":rep"] = watch.owner
        if watch.leads:
            values[":leads"] = set(watch.leads)
        update = f"SET {', '.join(sets)}" + (" ADD leads :leads" if watch.leads else "")
        self._change("update_item", watch.key, UpdateExpression=update, values=values)

    def take(self, watch: Watch, due_at: datetime, now: datetime, keep_days: int) -> bool:
        """See `Watches.take`."""
        return self._change(
            "update_item",
            watch.key,
            UpdateExpression="SET due_at = :due, expires_at = :until",
            ConditionExpression="due_at = :seen",
            values={
                ":due": int(due_at.timestamp()),
                ":until": _until(now, keep_days),
                ":seen": int(watch.due_at.timestamp()),
            },
        )

    def forget(self, watch: Watch, leads: frozenset[str]) -> None:
        """See `Watches.forget`."""
        if leads:
            still = {"UpdateExpression": "DELETE leads :gone", "ConditionExpression": "attribute_exists(pk)"}
            self._change("update_item", watch.key, values={":gone": set(leads)}, **still)

    def remove(self, watch: Watch) -> bool:
        """See `Watches.remove`."""
        unchanged, values = "due_at = :seen AND attribute_not_exists(leads)", dict[str, Any]()
        if watch.leads:
            unchanged, values = "due_at = :seen AND leads = :leads", {":leads": set(watch.leads)}
        values[":seen"] = int(watch.due_at.timestamp())
        return self._change("delete_item", watch.key, ConditionExpression=unchanged, values=values)

    def _change(self, verb: str, key: str, values: dict[str, Any], **asked: Any) -> bool:
        """Whether the change was made: its condition held."""
        try:
            getattr(self._table, verb)(Key=_key(key), ExpressionAttributeValues=values, **asked)
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not change the watch list: {error}") from error
        return True


def _key(key: str) -> dict[str, str]:
    return {"pk": PK, "sk": key}


def _until(now: datetime, keep_days: int) -> int:
    return int((now + timedelta(days=keep_days)).timestamp())


def watch_in(item: Mapping[str, Any]) -> Watch:
    """The account in an item of the list."""
    return Watch(
        account=Account.model_validate_json(str(item["doc"])),
        due_at=datetime.fromtimestamp(int(item["due_at"]), UTC),
        leads=frozenset(map(str, item.get("leads", ()))),
        owner=str(item["rep"]) if "rep" in item else None,
    )
