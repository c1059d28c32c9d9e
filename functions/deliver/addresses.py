"""Addresses that get no more mail, in the table of facts. The address itself is not kept, only its hash:

| pk                | sk         | what                                   |
|-------------------|------------|----------------------------------------|
| ADDRESS#<sha256>  | SUPPRESSED | since when (`at`) and why (`reason`)   |
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Addresses(Protocol):
    """The port."""

    def suppress(self, address: str, reason: str, at: datetime) -> bool:
        """No more mail to `address` (compared without regard to case); False when that was known."""

    def suppressed(self, address: str) -> str | None:
        """Why the address gets no mail; None when it may."""


class DynamoAddresses:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def suppress(self, address: str, reason: str, at: datetime) -> bool:
        """See `Addresses.suppress`."""
        try:
            self._table.put_item(
                Item={**_key(address), "reason": reason, "at": at.isoformat()},
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take a suppressed address: {error}") from error
        return True

    def suppressed(self, address: str) -> str | None:
        """See `Addresses.suppressed`."""
        try:
            item = self._table.get_item(Key=_key(address), ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say whether an address is suppressed: {error}") from error
        return str(item["reason"]) if item else None


def _key(address: str) -> dict[str, str]:
    return {"pk": f"ADDRESS#{sha256(address.strip().casefold().encode()).hexdigest()}", "sk": "SUPPRESSED"}
