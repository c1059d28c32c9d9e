"""How much is usually said about accounts: independent texts a day, kept for the next lead's bursts.

In the table of `precall.facts`, one item an account:

| pk            | sk       | what                                                                              |
|---------------|----------|-----------------------------------------------------------------------------------|
| ACCOUNT#<key> | BASELINE | `days` (ISO day → texts), the ids of the `researches` that counted, `expires_at`   |

`key` is `precall.ids.account_key`. A day that was counted again has the later count, so a research may be repeated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


MOST_DAYS = 60
"""Days in one update: an expression may have 4 KB."""


class Baselines(Protocol):
    """The port."""

    def days(self, key: str, research_id: str) -> dict[date, int]:
        """Texts by day (UTC) about an account; empty where no research but `research_id` itself has counted."""

    def keep(self, key: str, research_id: str, counts: Mapping[date, int], at: datetime, keep_days: int) -> None:
        """Keep the counts of days that are over; what is kept goes `keep_days` after the last research `at`."""


class DynamoBaselines:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def days(self, key: str, research_id: str) -> dict[date, int]:
        """See `Baselines.days`."""
        try:
            item = self._table.get_item(Key=_key(key)).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve an account's baseline: {error}") from error
        return _days(item) if _researches(item) - {research_id} else {}

    def keep(self, key: str, research_id: str, counts: Mapping[date, int], at: datetime, keep_days: int) -> None:
        """See `Baselines.keep`."""
        expires = int((at + timedelta(days=keep_days)).timestamp())
        try:
            self._table.update_item(
                Key=_key(key),
                UpdateExpression="SET #days = if_not_exists(#days, :none), expires_at = :expires ADD researches :mine",
                ExpressionAttributeNames={"#days": "days"},
                ExpressionAttributeValues={":none": {}, ":expires": expires, ":mine": {research_id}},
            )
            ordered = sorted(counts)
            for first in range(0, len(ordered), MOST_DAYS):
                days = ordered[first : first + MOST_DAYS]
                self._table.update_item(Key=_key(key), **_setting({day: counts[day] for day in days}))
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take an account's baseline: {error}") from error


def _key(key: str) -> dict[str, str]:
    return {"pk": f"ACCOUNT#{key}", "sk": "BASELINE"}


def _researches(item: Mapping[str, Any]) -> set[str]:
    return item.get("researches") or set()


def _days(item: Mapping[str, Any]) -> dict[date, int]:
    return {date.fromisoformat(day): int(number) for day, number in item.get("days", {}).items()}


def _setting(counts: Mapping[date, int]) -> dict[str, Any]:
    """Sets each day by itself, so that two researches at once lose nothing of each other's."""
    numbered = list(enumerate(counts))
    return {
        "UpdateExpression": "SET " + ", ".join(f"#days.#d{n} = :n{n}" for n, _ in numbered),
        "ExpressionAttributeNames": {"#days": "days", **{f"#d{n}": day.isoformat() for n, day in numbered}},
        "ExpressionAttributeValues": {f":n{n}": counts[day] for n, day in numbered},
    }
