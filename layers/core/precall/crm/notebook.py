"""Which briefs have a note in their CRM: who writes one says so first, and keeps its id, so that no retry makes two.

In the table of `precall.facts`, one item a brief:

| pk        | sk                 | what                                                                        |
|-----------|--------------------|-----------------------------------------------------------------------------|
| LEAD#<id> | NOTE#<research id> | `note_id` once it is written; until then `tries`, and `busy` (s) to whom it is left |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code
from precall.errors import CrmUnavailable, StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LEASE = 60
"""Seconds for which a note is left to who began it: longer than the function that writes it may run."""
_KEPT = timedelta(days=90)


@dataclass(frozen=True)
class Page:
    """A brief's page: `note_id` where it is written, `tries` how often it was begun before."""

    note_id: str | None = None
    tries: int = 0


class Notebook(Protocol):
    """The port. Raises StorageUnavailable."""

    def begin(self, lead_id: str, research_id: str, now: datetime) -> Page:
        """The page, which is left to the caller unless it is written. CrmUnavailable while it is left to another."""

    def keep(self, lead_id: str, research_id: str, note_id: str) -> bool:
        """It is written; False where the page is gone, since its lead was erased meanwhile."""


class DynamoNotebook:
    """The table: each step one conditional UpdateItem."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def begin(self, lead_id: str, research_id: str, now: datetime) -> Page:
        """See `Notebook.begin`."""
        moment = int(now.timestamp())
        values = {
            ":now": moment,
            ":busy": moment + LEASE,
            ":one": 1,
            ":expires": int((now + _KEPT).timestamp()),
        }
        update = "SET busy = :busy, expires_at = :expires ADD tries :one"
        free = "attribute_not_exists(note_id) AND (attribute_not_exists(busy) OR busy <= :now)"
        held, row = self._change(lead_id, research_id, update, free, values)
        if held:
            return Page(tries=int(row["tries"]) - 1)
        if "note_id" not in row:
            raise CrmUnavailable("another invocation is writing this note; it is looked at again later")
        return Page(note_id=str(row["note_id"]))

    def keep(self, lead_id: str, research_id: str, note_id: str) -> bool:
        """See `Notebook.keep`."""
        there, _ = self._change(
            lead_id, research_id, "SET note_id = :note REMOVE busy", "attribute_exists(pk)", {":note": note_id}
        )
        return there

    def _change(
        self, lead_id: str, research_id: str, update: str, condition: str, values: dict[str, Any]
    ) -> tuple[bool, dict[str, Any]]:
        """Whether the condition held, and the item as it is then."""
        try:
            answer = self._table.update_item(
                Key={"pk": f"LEAD#{lead_id}", "sk": f"NOTE#{research_id}"},
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error_code(error) != "ConditionalCheckFailedException":
                raise StorageUnavailable(f"DynamoDB did not serve a note's record: {error}") from error
            response: Any = error.response
            item = response.get("Item", {})
            return False, {name: next(iter(value.values())) for name, value in item.items()}
        except BotoCoreError as error:
            raise StorageUnavailable(f"DynamoDB did not serve a note's record: {error}") from error
        return True, dict(answer["Attributes"])
