"""How many researches a day may cost money: one counter for each day (UTC), raised by one conditional update.

| pk             | sk     | what                                       |
|----------------|--------|--------------------------------------------|
| BUDGET#<day>   | BUDGET | `researches`: how many were begun that day |
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import Field

from precall.aws import error_code
from precall.errors import StorageUnavailable
from precall.model._base import Model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_KEPT = timedelta(days=35)
"""How long a day's counter can be looked at."""


class BudgetSettings(Model):
    """At most so many researches ask the sources in a day (UTC), each try counted. Leads beyond it are taken in, and go
    to reps all the same, who are told that they were not researched."""

    researches_a_day: int = Field(default=5000, ge=1, le=100_000_000)


class Budget(Protocol):
    """The port."""

    def take(self, at: datetime, limit: int) -> bool:
        """Whether one more research may begin on the day of `at`, which has `limit` of them. StorageUnavailable."""


class MemoryBudget:
    """`Budget` in one process."""

    def __init__(self) -> None:
        self._begun = Counter[str]()

    def take(self, at: datetime, limit: int) -> bool:
        """See `Budget.take`."""
        day = _day(at)
        if self._begun[day] >= limit:
            return False
        self._begun[day] += 1
        return True


class DynamoBudget:
    """The table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def take(self, at: datetime, limit: int) -> bool:
        """See `Budget.take`."""
        try:
            self._table.update_item(
                Key={"pk": f"BUDGET#{_day(at)}", "sk": "BUDGET"},
                UpdateExpression="ADD researches :one SET expires_at = :until",
                ConditionExpression="attribute_not_exists(researches) OR researches < :limit",
                ExpressionAttributeValues={":one": 1, ":limit": limit, ":until": int((at + _KEPT).timestamp())},
            )
        except (ClientError, BotoCoreError) as error:
            if error_code(error) == "ConditionalCheckFailedException":
                return False
            raise StorageUnavailable(f"DynamoDB did not serve the day's budget: {error}") from error
        return True


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()
