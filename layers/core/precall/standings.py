"""Where an account stands: its activities that no lead has been made of yet, and the leads that were made.

In the table of `precall.facts`, one item an account and product line, changed by whoever read its latest version:

| pk            | sk                | what                                                        |
|---------------|-------------------|-------------------------------------------------------------|
| ACCOUNT#<key> | ACTIVITIES#<line> | the standing (`doc`), how often it was changed (`version`)  |
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.clock import UtcDatetime
from precall.errors import StorageUnavailable
from precall.lead_batch import put_new
from precall.model import Account, Activity, Contact, Lead
from precall.model._base import Model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

TRIES = 12
_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.4


class Logged(Model):
    """An activity as it counts. `id` is the same whenever it is told again."""

    id: str
    activity: Activity
    at: UtcDatetime
    account: Account
    contact: Contact | None = None


class Made(Model):
    """A lead, when it was made, and the activities that made it (ids)."""

    lead_id: str
    at: UtcDatetime
    by: tuple[str, ...]


class Standing(Model):
    """The activities that still wait, oldest first, and the leads that were made, oldest first."""

    waiting: tuple[Logged, ...] = ()
    made: tuple[Made, ...] = ()


Change = Callable[[Standing], tuple[Standing, Sequence[Lead]]]
"""What becomes of a standing, and the leads that are stored with it. It may be asked again, of a newer standing."""


class Standings(Protocol):
    """The port."""

    def change(self, key: str, line: str, change: Change, at: datetime, keep_days: int) -> None:
        """Put `change` of the account's standing in place of it, with the leads that come of it: both or neither, and
        no other change comes between. StorageUnavailable when too many change it at once."""


class DynamoStandings:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def change(self, key: str, line: str, change: Change, at: datetime, keep_days: int) -> None:
        """See `Standings.change`."""
        for attempt in range(TRIES):
            version, before = self._read(key, line)
            after, leads = change(before)
            if (after, tuple(leads)) == (before, ()) or self._written(
                [self._put(key, line, after, version, at, keep_days)]
                + [put_new(self._table, lead, keep_days) for lead in leads]
            ):
                return
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt)
            time.sleep(pause * random.random())  # noqa: S311 - spreads tries, no secret
        raise StorageUnavailable(f"an account's activities were changed by others {TRIES} times in a row")

    def _read(self, key: str, line: str) -> tuple[int, Standing]:
        try:
            item = self._table.get_item(Key=_key(key, line), ConsistentRead=True).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve an account's activities: {error}") from error
        doc = item.get("doc")
        return int(str(item.get("version", 0))), Standing.model_validate_json(str(doc)) if doc else Standing()

    def _put(self, key: str, line: str, standing: Standing, version: int, at: datetime, keep_days: int) -> Any:
        return {
            "Put": {
                "TableName": self._table.name,
                "Item": {
                    **_key(key, line),
                    "doc": standing.model_dump_json(exclude_defaults=True),
                    "version": version + 1,
                    "expires_at": int((at + timedelta(days=keep_days)).timestamp()),
                },
                "ConditionExpression": "version = :read" if version else "attribute_not_exists(pk)",
                **({"ExpressionAttributeValues": {":read": version}} if version else {}),
            }
        }

    def _written(self, writes: list[Any]) -> bool:
        """Whether all of `writes` were made; False when another's change was faster."""
        client = self._table.meta.client
        try:
            client.transact_write_items(TransactItems=writes)
        except client.exceptions.TransactionCanceledException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take an account's activities: {error}") from error
        return True


def _key(key: str, line: str) -> dict[str, str]:
    return {"pk": f"ACCOUNT#{key}", "sk": f"ACTIVITIES#{line}"}
