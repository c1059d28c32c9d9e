"""Whose call an activity of a CRM's is: some CRMs tell later only that it moved, or is gone.

In the table of `precall.facts`, one item an activity:

| pk                              | sk    | what                      |
|---------------------------------|-------|---------------------------|
| PLANNED#<crm>#<hash of the ids> | WHOSE | `lead_id`, `version`      |
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.ids import derived_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class PlannedCalls(Protocol):
    """The port. Raises StorageUnavailable."""

    def remember(self, crm: str, activity: str, lead_id: str, until: datetime, version: int = 0) -> bool:
        """It is a call with this lead; False, and nothing is changed, when a later `version` was told before."""

    def lead_of(self, crm: str, activity: str) -> str | None:
        """Whose it is; None where that was never told, or too long ago."""


class DynamoPlannedCalls:
    """The table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def remember(self, crm: str, activity: str, lead_id: str, until: datetime, version: int = 0) -> bool:
        """See `PlannedCalls.remember`."""
        item: dict[str, Any] = {
            **_key(crm, activity),
            "lead_id": lead_id,
            "version": version,
            "expires_at": int(until.timestamp()),
        }
        try:
            self._table.put_item(
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR version <= :mine",
                ExpressionAttributeValues={":mine": version},
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take whose call it is: {error}") from error
        return True

    def lead_of(self, crm: str, activity: str) -> str | None:
        """See `PlannedCalls.lead_of`."""
        try:
            item = self._table.get_item(Key=_key(crm, activity)).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say whose call it is: {error}") from error
        return str(item["lead_id"]) if "lead_id" in item else None


def _key(crm: str, activity: str) -> dict[str, str]:
    return {"pk": f"PLANNED#{crm}#{derived_id('planned', activity)}", "sk": "WHOSE"}
