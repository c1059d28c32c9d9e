"""Whose call an activity of a CRM's is: some CRMs tell later only that it moved, or is gone.

In the table of `precall.facts`, one item an activity:

| pk                              | sk   | what                      |
|---------------------------------|------|---------------------------|
| PLANNED#<crm>#<hash of the ids> | LEAD | `lead_id`, `expires_at`   |
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.ids import derived_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class PlannedCalls(Protocol):
    """The port. Raises StorageUnavailable."""

    def remember(self, crm: str, activity: str, lead_id: str, at: datetime, keep_days: int) -> None:
        """It is a call with this lead."""

    def lead_of(self, crm: str, activity: str) -> str | None:
        """Whose it is; None where that was never told, or too long ago."""


class DynamoPlannedCalls:
    """The table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def remember(self, crm: str, activity: str, lead_id: str, at: datetime, keep_days: int) -> None:
        """See `PlannedCalls.remember`."""
        expires = int((at + timedelta(days=keep_days)).timestamp())
        try:
            self._table.put_item(Item={**_key(crm, activity), "lead_id": lead_id, "expires_at": expires})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take whose call it is: {error}") from error

    def lead_of(self, crm: str, activity: str) -> str | None:
        """See `PlannedCalls.lead_of`."""
        try:
            item = self._table.get_item(Key=_key(crm, activity)).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say whose call it is: {error}") from error
        return str(item["lead_id"]) if "lead_id" in item else None


def _key(crm: str, activity: str) -> dict[str, str]:
    return {"pk": f"PLANNED#{crm}#{derived_id('planned', activity)}", "sk": "LEAD"}
