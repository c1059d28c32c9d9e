"""Where a lead's deals stand, as its CRM or its rep said last, in the table of `precall.facts`:

| pk        | sk    | what                                                                                       |
|-----------|-------|--------------------------------------------------------------------------------------------|
| LEAD#<id> | DEALS | of each record (a deal, a contact's stage) how it stands (`is:<record>`) and when that was |
|           |       | said (`at:<record>`, milliseconds)                                                         |

What was said earlier never replaces what was said later, in whatever order it is told: one conditional write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

Deal = Literal["open", "won", "lost"]
"""How a deal stands."""
SK = "DEALS"
_IS, _AT = "is:", "at:"


class Deals(Protocol):
    """The port. Errors: StorageUnavailable."""

    def note(self, lead_id: str, record: str, deal: Deal, at: datetime, keep_days: int) -> bool:
        """The record stands so since `at`; False where something later was said of it before."""

    def of(self, lead_id: str) -> frozenset[Deal]:
        """How the lead's deals stand; none where nothing was said of any."""


class DynamoDeals:
    """The table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def note(self, lead_id: str, record: str, deal: Deal, at: datetime, keep_days: int) -> bool:
        """See `Deals.note`."""
        try:
            self._table.update_item(
                Key=_key(lead_id),
                UpdateExpression="SET #is = :deal, #at = :at, expires_at = :until",
                ConditionExpression="attribute_not_exists(#at) OR #at <= :at",
                ExpressionAttributeNames={"#is": f"{_IS}{record}", "#at": f"{_AT}{record}"},
                ExpressionAttributeValues={
                    ":deal": deal,
                    ":at": int(at.timestamp() * 1000),
                    ":until": int((at + timedelta(days=keep_days)).timestamp()),
                },
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take how a deal stands: {error}") from error
        return True

    def of(self, lead_id: str) -> frozenset[Deal]:
        """See `Deals.of`."""
        try:
            item = self._table.get_item(Key=_key(lead_id), ConsistentRead=True).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say how deals stand: {error}") from error
        return frozenset(deal for _, deal in deals_in(item))


def deals_in(item: Mapping[str, Any]) -> Iterator[tuple[str, Deal]]:
    """Each record in an item, and how it stands."""
    for name, how in item.items():
        if name.startswith(_IS):
            yield name.removeprefix(_IS), cast("Deal", str(how))


def _key(lead_id: str) -> dict[str, str]:
    return {"pk": f"LEAD#{lead_id}", "sk": SK}
