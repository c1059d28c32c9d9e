"""What is booked: how many calls a rep has on a day, and when; and which bookings were tried for a lead.

In the table of `precall.facts`:

| pk         | sk               | what                                                                            |
|------------|------------------|---------------------------------------------------------------------------------|
| REP#<addr> | DAY#<local date> | `calls`, the five-minute cells `taken`, and of each lead its call (`lead:<id>`: |
|            |                  | start in seconds, minutes)                                                      |
| LEAD#<id>  | BOOKED           | `tried`: every booking that was tried for the lead, noted before it is made     |

A booking is one conditional write of one item: nobody is booked twice at the same time, or beyond capacity, however
many leads come at once. Whoever dies after booking has noted it before, so that what is left can be found and released;
a release names the call, and takes nothing that was booked since. Of two calls that overlap (an owner's may) the first
release frees the cells of both in `taken`; who reads a page takes the cells of its calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import DynamoDBServiceResource, Table

CELL = 300
"""Seconds; cells count from 1970 in UTC."""
KEEP = timedelta(days=14)
"""How long a day is kept after it is over."""
_BATCH = 100  # BatchGetItem takes at most a hundred keys
_LEAD = "lead:"


class Page(NamedTuple):
    """A rep's day: the page of whose diary, and which; the date is the rep's own."""

    rep: str
    day: date


@dataclass(frozen=True)
class Booked:
    """What is on a page; `starts` by lead."""

    calls: int = 0
    taken: frozenset[int] = frozenset()
    starts: Mapping[str, datetime] = field(default_factory=dict)

    def is_free(self, start: datetime, length: timedelta) -> bool:
        """Whether nothing overlaps a call of this `length`."""
        return self.taken.isdisjoint(cells(start, length))

    def has(self, booking: Booking) -> bool:
        """Whether this very call is on it."""
        start = self.starts.get(booking.lead_id)
        return start is not None and _seconds(start) == _seconds(booking.start)


class Booking(NamedTuple):
    """A call of a lead on a page. `at_most`: only while the page has no more calls than that, and nothing overlaps;
    None: whatever is on it."""

    page: Page
    lead_id: str
    start: datetime
    length: timedelta
    at_most: int | None = None

    @property
    def slot(self) -> tuple[str, date, int]:
        """By which it is told from the lead's others: whose, on which day, from when."""
        return self.page.rep.casefold(), self.page.day, _seconds(self.start)


class Diary(Protocol):
    """The port."""

    def read(self, pages: Sequence[Page]) -> dict[Page, Booked]:
        """What is on each of the pages now."""

    def book(self, booking: Booking) -> bool:
        """Book the call; False where it does not fit any more, or its lead is on the page already."""

    def release(self, booking: Booking) -> None:
        """Take this call off the page, if it is there; twice is once."""

    def tried(self, lead_id: str) -> list[Booking]:
        """Every booking that was ever tried for a lead, whether it is there or not."""


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
            found[page] = _booked(item)
        return found

    def book(self, booking: Booking) -> bool:
        """See `Diary.book`."""
        self._note(booking)
        fits, values = ["attribute_not_exists(#lead)"], dict[str, Any]()
        if booking.at_most is not None:
            values = {f":c{number}": cell for number, cell in enumerate(cells(booking.start, booking.length))}
            fits += [f"(attribute_not_exists(taken) OR NOT contains(taken, {name}))" for name in values]
            fits += ["(attribute_not_exists(calls) OR calls <= :most)"]
            values |= {":most": booking.at_most}
        values |= {":calls": 1, ":call": _call(booking), ":until": _until(booking.page)}
        update = "SET #lead = :call, expires_at = :until ADD calls :calls, taken :cells"
        return self._change(booking, update, " AND ".join(fits), values)

    def release(self, booking: Booking) -> None:
        """See `Diary.release`."""
        values = {":calls": -1, ":call": _call(booking)}
        self._change(booking, "REMOVE #lead ADD calls :calls DELETE taken :cells", "#lead = :call", values)

    def tried(self, lead_id: str) -> list[Booking]:
        """See `Diary.tried`."""
        try:
            item: dict[str, Any] = self._table.get_item(Key=_tried_key(lead_id), ConsistentRead=True).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not give a lead's bookings: {error}") from error
        return [_booking(lead_id, text) for text in sorted(item.get("tried", ()))]

    def _note(self, booking: Booking) -> None:
        try:
            self._table.update_item(
                Key=_tried_key(booking.lead_id),
                UpdateExpression="SET expires_at = :until ADD tried :one",
                ExpressionAttributeValues={":one": {_noted(booking)}, ":until": _until(booking.page)},
            )
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not note a booking: {error}") from error

    def _change(self, booking: Booking, update: str, fits: str, values: dict[str, Any]) -> bool:
        """Whether the page was changed: `fits` held."""
        try:
            self._table.update_item(
                Key=_key(booking.page),
                UpdateExpression=update,
                ConditionExpression=fits,
                ExpressionAttributeNames={"#lead": f"{_LEAD}{booking.lead_id}"},
                ExpressionAttributeValues={":cells": set(cells(booking.start, booking.length)), **values},
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


def _tried_key(lead_id: str) -> dict[str, str]:
    return {"pk": f"LEAD#{lead_id}", "sk": "BOOKED"}


def _booked(item: Mapping[str, Any]) -> Booked:
    calls = {name.removeprefix(_LEAD): _span(str(call)) for name, call in item.items() if name.startswith(_LEAD)}
    taken = {cell for start, length in calls.values() for cell in cells(start, length)}
    starts = {lead: start for lead, (start, _) in calls.items()}
    return Booked(int(item.get("calls", 0)), frozenset(taken), starts)


def _noted(booking: Booking) -> str:
    return f"{_call(booking)} {booking.page.day.isoformat()} {booking.page.rep}"


def _booking(lead_id: str, noted: str) -> Booking:
    start, minutes, day, rep = noted.split(" ", 3)
    return Booking(Page(rep, date.fromisoformat(day)), lead_id, *_span(f"{start} {minutes}"))


def _call(booking: Booking) -> str:
    return f"{_seconds(booking.start)} {int(booking.length.total_seconds() // 60)}"


def _span(call: str) -> tuple[datetime, timedelta]:
    start, minutes = map(int, call.split(" "))
    return datetime.fromtimestamp(start, UTC), timedelta(minutes=minutes)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _until(page: Page) -> int:
    return _seconds(datetime.combine(page.day, datetime.min.time(), UTC) + KEEP)
