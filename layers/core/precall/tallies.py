"""What was counted of days and weeks, in the table of `precall.facts`:

| pk            | sk       | what                                                                      |
|---------------|----------|---------------------------------------------------------------------------|
| TALLY         | <day>    | how often the day's calls have changed (`changes`): see `precall.calls`   |
| TALLY#DAY     | <day>    | what was counted of the day (`doc`, packed), and of which changes (`of`)  |
| TALLY#WEEK    | <Monday> | the same of a week                                                        |
| TALLY#MARGINS | <Monday> | the same, by rep and by source alone                                      |
| TALLY#ENGAGED-DAY, -WEEK | | the same of accounts: see `precall.engaged`                              |
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.querying import all_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

Span = Literal["day", "week", "margins", "engaged-day", "engaged-week"]
KEPT = timedelta(days=400)
"""How long a tally is kept, should its days not change: it is counted again where somebody asks later."""


class Counted(NamedTuple):
    """What was counted, packed, and of which changes."""

    of: str
    packed: bytes


class Tallies(Protocol):
    """The port."""

    def changes(self, first: date, last: date) -> dict[date, int]:
        """How often the calls of each day that has any have changed."""

    def counted(self, span: Span, first: date, last: date) -> dict[date, Counted]:
        """What was kept of the days, or of the weeks that begin, from `first` to `last`."""

    def count(self, span: Span, begins: date, counted: Counted, now: datetime) -> None:
        """Keep what was counted of a day or a week."""


class DynamoTallies:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def changes(self, first: date, last: date) -> dict[date, int]:
        """See `Tallies.changes`."""
        items = all_of(self._table, *_inside("TALLY", first, last), "sk, changes", "tallies")
        return {date.fromisoformat(str(item["sk"])): int(item["changes"]) for item in items}

    def counted(self, span: Span, first: date, last: date) -> dict[date, Counted]:
        """See `Tallies.counted`."""
        items = all_of(self._table, *_inside(_pk(span), first, last), "sk, of, doc", "tallies")
        return {date.fromisoformat(str(item["sk"])): Counted(str(item["of"]), bytes(item["doc"])) for item in items}

    def count(self, span: Span, begins: date, counted: Counted, now: datetime) -> None:
        """See `Tallies.count`."""
        expires = int((now + KEPT).timestamp())
        kept: dict[str, Any] = {"of": counted.of, "doc": counted.packed, "expires_at": expires}
        try:
            self._table.put_item(Item={"pk": _pk(span), "sk": str(begins), **kept})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take a tally: {error}") from error


def _pk(span: Span) -> str:
    return f"TALLY#{span.upper()}"


def _inside(pk: str, first: date, last: date) -> tuple[str, dict[str, str]]:
    return "pk = :pk AND sk BETWEEN :first AND :last", {":pk": pk, ":first": str(first), ":last": str(last)}
