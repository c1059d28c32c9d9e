"""How many researches a day may cost money, and how many people an hour may be erased whom no operator looked at: one
counter for each day or hour (UTC), raised by one conditional update.

| pk             | sk     | what                                       |
|----------------|--------|--------------------------------------------|
| BUDGET#<day>   | BUDGET | `researches`: how many were begun that day |
| BUDGET#<hour>  | BUDGET | `erasures`: how many were begun that hour  |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, Self

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
    to reps all the same, who are told that they were not researched.

    At most so many people an hour whom a CRM told to forget are erased by themselves; more wait, and an alarm rings. 0:
    none is, an operator does it (`precall forget --asked`)."""

    researches_a_day: int = Field(default=5000, ge=1, le=100_000_000)
    erasures_an_hour: int = Field(default=20, ge=0, le=10_000)


class Budget(Protocol):
    """The port."""

    def take(self, at: datetime, limit: int) -> bool:
        """Whether one more may begin on the day or in the hour of `at`, which has `limit`. StorageUnavailable."""


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

    def __init__(self, table: Table, what: str = "researches", span: Callable[[datetime], str] | None = None) -> None:
        self._table = table
        self._what = what
        self._span = span or _day

    @classmethod
    def of_erasures(cls, table: Table) -> Self:
        """Counts erasures by the hour."""
        return cls(table, "erasures", _hour)

    def take(self, at: datetime, limit: int) -> bool:
        """See `Budget.take`."""
        try:
            self._table.update_item(
                Key={"pk": f"BUDGET#{self._span(at)}", "sk": "BUDGET"},
                UpdateExpression=f"ADD {self._what} :one SET expires_at = :until",
                ConditionExpression=f"attribute_not_exists({self._what}) OR {self._what} < :limit",
                ExpressionAttributeValues={":one": 1, ":limit": limit, ":until": int((at + _KEPT).timestamp())},
            )
        except (ClientError, BotoCoreError) as error:
            if error_code(error) == "ConditionalCheckFailedException":
                return False
            raise StorageUnavailable(f"DynamoDB did not serve the budget: {error}") from error
        return True


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def _hour(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H}"
