"""Every touch between an account and us, as the recorder tells it from a lead's trail. In the table of `precall.facts`:

| pk            | sk             | what                                                               |
|---------------|----------------|--------------------------------------------------------------------|
| ACCOUNT#<key> | TOUCHES#<lead> | the lead's touches (`doc`), of how many `events`, with its id      |
| ACCOUNT#<key> | NAME           | what the account is called (`name`)                                |

All touches of an account are one Query; the names of a hundred accounts are one BatchGetItem.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import TypeAdapter

from precall.clock import UtcDatetime
from precall.errors import StorageUnavailable
from precall.model._base import Model
from precall.querying import all_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

MOST_NAMES = 100
"""Names that can be asked for at once (DynamoDB's limit of a BatchGetItem)."""


class Touch(Model):
    """One touch: theirs ("in"), ours ("out"), or a call that reached somebody ("both"). `sure` is False for what a
    machine may have done as well. `rep` is an address."""

    lead_id: str
    at: UtcDatetime
    way: Literal["in", "out", "both"]
    what: str
    contact: str | None = None
    rep: str | None = None
    sure: bool = True


_TOUCHES = TypeAdapter(tuple[Touch, ...])


class TouchBook(Protocol):
    """The port."""

    def put(
        self, account: str, name: str, touches: Sequence[Touch], events: int, now: datetime, keep_days: int
    ) -> None:
        """Keep what `events` of one lead's events say of its touches with the account; more of them hold."""

    def of(self, account: str) -> list[Touch]:
        """All touches with an account, the newest first."""

    def names(self, accounts: Sequence[str]) -> dict[str, str]:
        """What the accounts are called, those that are known; `MOST_NAMES` at most."""


class DynamoTouchBook:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(
        self, account: str, name: str, touches: Sequence[Touch], events: int, now: datetime, keep_days: int
    ) -> None:
        """See `TouchBook.put`."""
        if not touches:
            return
        expires = int((now + timedelta(days=keep_days)).timestamp())
        key, lead_id = f"ACCOUNT#{account}", touches[0].lead_id
        doc = _TOUCHES.dump_json(tuple(touches), exclude_defaults=True).decode()
        item: dict[str, Any] = {"pk": key, "sk": f"TOUCHES#{lead_id}", "lead_id": lead_id, "doc": doc, "events": events}
        try:
            self._table.put_item(Item={"pk": key, "sk": "NAME", "name": name, "expires_at": expires})
            self._table.put_item(
                Item={**item, "expires_at": expires},
                ConditionExpression="attribute_not_exists(pk) OR events <= :events",
                ExpressionAttributeValues={":events": events},
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take touches: {error}") from error

    def of(self, account: str) -> list[Touch]:
        """See `TouchBook.of`."""
        values = {":account": f"ACCOUNT#{account}", ":touches": "TOUCHES#"}
        inside = "pk = :account AND begins_with(sk, :touches)"
        items = all_of(self._table, inside, values, "doc", "touches")
        found = [touch for item in items for touch in _TOUCHES.validate_json(str(item["doc"]))]
        return sorted(found, key=lambda touch: (touch.at, touch.lead_id), reverse=True)

    def names(self, accounts: Sequence[str]) -> dict[str, str]:
        """See `TouchBook.names`."""
        keys = [{"pk": f"ACCOUNT#{account}", "sk": "NAME"} for account in accounts[:MOST_NAMES]]
        if not keys:
            return {}
        try:
            found = self._table.meta.client.batch_get_item(RequestItems={self._table.name: {"Keys": keys}})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve names: {error}") from error
        items = found["Responses"].get(self._table.name, [])
        return {str(item["pk"]).removeprefix("ACCOUNT#"): str(item["name"]) for item in items}
