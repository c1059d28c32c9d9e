"""Which of a lead's briefs is the newest that is ready.

In the table of `precall.facts`:

| pk        | sk    | what                                                                     |
|-----------|-------|--------------------------------------------------------------------------|
| LEAD#<id> | READY | the newest brief: `research_id`, `as_of`, `partial`                      |
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Ready(NamedTuple):
    """A brief that is stored: the research that it comes from, the clock of that, and whether a part of it failed."""

    research_id: str
    as_of: datetime
    partial: bool = False


class Readiness(Protocol):
    """The port."""

    def note(self, lead_id: str, ready: Ready, until: datetime) -> None:
        """Remember a brief until then, unless a newer one is known."""

    def newest(self, lead_id: str) -> Ready | None:
        """The lead's newest brief, if there is one."""


class DynamoReadiness:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def note(self, lead_id: str, ready: Ready, until: datetime) -> None:
        """See `Readiness.note`."""
        as_of = ready.as_of.astimezone(UTC).strftime(_MOMENT)
        try:
            self._table.put_item(
                Item={
                    **_key(lead_id),
                    "research_id": ready.research_id,
                    "as_of": as_of,
                    "partial": ready.partial,
                    "expires_at": int(until.timestamp()),
                },
                ConditionExpression="attribute_not_exists(pk) OR as_of <= :as_of",
                ExpressionAttributeValues={":as_of": as_of},
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take note of a brief: {error}") from error

    def newest(self, lead_id: str) -> Ready | None:
        """See `Readiness.newest`."""
        try:
            item = self._table.get_item(Key=_key(lead_id), ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say which brief is ready: {error}") from error
        if item is None:
            return None
        as_of = datetime.strptime(str(item["as_of"]), _MOMENT).replace(tzinfo=UTC)
        return Ready(str(item["research_id"]), as_of, bool(item["partial"]))


def _key(lead_id: str) -> dict[str, str]:
    return {"pk": f"LEAD#{lead_id}", "sk": "READY"}
