"""What is booked: how many calls a rep has on a day, and when.

In the table of `precall.facts`:

| pk         | sk               | what                                                                            |
|------------|------------------|---------------------------------------------------------------------------------|
| REP#<addr> | DAY#<local date> | `calls`, the `leads` that they are for, and the five-minute cells `taken`       |

A booking is one conditional write of one item: nobody is booked twice at the same time, or beyond capacity, however
many leads come at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table

CELL = 300
"""Seconds; cells count from 1970 in UTC."""
KEEP = timedelta(days=14)
"""How long a day is kept after it is over."""
_BATCH = 100  # BatchGetItem takes at most a hundred keys


@dataclass(frozen=True)
class Page:
    """A rep's day: the page of whose diary, and which; the date is the rep's own."""

    rep: str
    day: date


@dataclass(frozen=True)
class Booked:
    """What is on a page."""

    calls: int = 0
    taken: frozenset[int] = frozenset()
    leads: frozenset[str] = frozenset()

    def is_free(self, start: datetime, length: timedelta) -> bool:
        """Whether nothing overlaps a call of this `length`."""
        return self.taken.isdisjoint(cells(start, length))


@dataclass(frozen=True)
class Booking:
    """A call of a lead on a page. `at_most`: only while the page has no more calls than that, and nothing overlaps;
    None: whatever is on it."""

    page: Page
    lead_id: str
    start: datetime
    length: timedelta
    at_most: int | None = None


class Diary(Protocol):
    """The port."""

    def read(self, pages: Sequence[Page]) -> dict[Page, Booked]:
        """What is on each of the pages now."""

    def book(self, booking: Booking) -> bool:
        """Book the call; False where it does not fit any more, or its lead is on the page already."""

    def release(self, booking: Booking) -> None:
        """Take a lead's call off the page; twice is once."""


class DynamoDiary:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, dynamo: DynamoDBServiceResource, table: Table) -> None:
        self._dynamo = dynamo
        self._table = table

    def read(self, pages: Sequence[Page]) -> dict[Page, Booked]:
        """See `Diary.read`."""
        found = {page: Booked() for page in pages}
        by_key = {tuple(_key(page).values()): page for page in found}
        for item in self._items([_key(page) for page in found]):
            page = by_key[str(item["pk"]), str(item["sk"])]
            taken = frozenset(int(cell) for cell in item.get("taken", ()))
            found[page] = Booked(int(item.get("calls", 0)), taken, frozenset(item.get("leads", ())))
        return found

    def book(self, booking: Booking) -> bool:
        """See `Diary.book`."""
        fits, values = ["(attribute_not_exists(leads) OR NOT contains(leads, :lead))"], dict[str, Any]()
        if booking.at_most is not None:
            values = {f":c{number}": cell for number, cell in enumerate(cells(booking.start, booking.length))}
            fits += [f"(attribute_not_exists(taken) OR NOT contains(taken, {name}))" for name in values]
            fits += ["(attribute_not_exists(calls) OR calls <= :most)"]
            values |= {":most": booking.at_most}
        return self._change(booking, "ADD", 1, " AND ".join(fits), values)

    def release(self, booking: Booking) -> None:
        """See `Diary.release`."""
        self._change(booking, "DELETE", -1, "contains(leads, :lead)", {})

    def _change(self, booking: Booking, verb: str, calls: int, fits: str, values: dict[str, Any]) -> bool:
        """`verb` (ADD, DELETE) the booking's lead and cells, where it `fits`; whether it did."""
        sets: dict[str, Any] = {":leads": {booking.lead_id}, ":cells": set(cells(booking.start, booking.length))}
        until = datetime.combine(booking.page.day, datetime.min.time(), UTC) + KEEP
        update = "SET expires_at = :until ADD calls :calls" + (
            ", leads :leads, taken :cells" if verb == "ADD" else " DELETE leads :leads, taken :cells"
        )
        numbers = {":calls": calls, ":until": int(until.timestamp())}
        try:
            self._table.update_item(
                Key=_key(booking.page),
                UpdateExpression=update,
                ConditionExpression=fits,
                ExpressionAttributeValues={":lead": booking.lead_id, **sets, **numbers, **values},
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not change a diary: {error}") from error
        return True

    def _items(self, keys: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(keys), _BATCH):
            asked: Any = {self._table.name: {"Keys": keys[start : start + _BATCH], "ConsistentRead": True}}
            while asked:
                try:
                    answer = self._dynamo.batch_get_item(RequestItems=asked)
                except (ClientError, BotoCoreError) as error:
                    raise StorageUnavailable(f"DynamoDB did not give the diaries: {error}") from error
                yield from answer["Responses"].get(self._table.name, [])
                asked = answer.get("UnprocessedKeys")


def cells(start: datetime, length: timedelta) -> range:
    """The five-minute cells that a call touches."""
    first, after = start.timestamp(), (start + length).timestamp()
    return range(int(first // CELL), -int(-after // CELL))


def _key(page: Page) -> dict[str, str]:
    return {"pk": f"REP#{page.rep.casefold()}", "sk": f"DAY#{page.day.isoformat()}"}
