"""The calls of a day, in the table of `precall.facts`: what managers' pages and agendas read.

| pk          | sk                   | what                                                                         |
|-------------|----------------------|------------------------------------------------------------------------------|
| CALLS#<day> | <call at>#<lead id>  | the call (`doc`), under the day (UTC) of its time                            |
| LEAD#<id>   | CALL                 | where its call lies (`day`, `at`), of how many events it was made (`events`) |
| TALLY       | <day>                | how often the day's calls have changed (`changes`)                           |

A call, its place and the count of changes are written in one transaction, so that a moved call is never in two days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.model.call import Call
from precall.querying import all_of
from precall.transactions import Writes, written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Calls(Protocol):
    """The port."""

    def put(self, call: Call, events: int, keep_days: int) -> bool:
        """Keep what `events` of a lead's events say of its call; False where more of them are known already."""

    def on(self, day: date) -> list[Call]:
        """The calls of a day in UTC, the earliest first."""

    def between(self, start: datetime, end: datetime) -> list[Call]:
        """The calls from `start` (with it) to `end` (without it), the earliest first."""


class DynamoCalls:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, call: Call, events: int, keep_days: int) -> bool:
        """See `Calls.put`."""
        return written(self._table, lambda: self._writes(call, events, keep_days), "a call")

    def on(self, day: date) -> list[Call]:
        """See `Calls.on`."""
        return [_call(item) for item in self._items("pk = :day", {":day": f"CALLS#{day}"})]

    def between(self, start: datetime, end: datetime) -> list[Call]:
        """See `Calls.between`."""
        first, last = start.astimezone(UTC), end.astimezone(UTC)
        days = (first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1))
        # a call at `end` has more after its time
        inside = {":first": first.isoformat(), ":last": last.isoformat()}
        condition = "pk = :day AND sk BETWEEN :first AND :last"
        return [_call(item) for day in days for item in self._items(condition, {":day": f"CALLS#{day}", **inside})]

    def _items(self, condition: str, values: dict[str, str]) -> list[Mapping[str, Any]]:
        return all_of(self._table, condition, values, "doc", "calls")

    def _place(self, lead_id: str) -> dict[str, Any]:
        try:
            return self._table.get_item(Key={"pk": f"LEAD#{lead_id}", "sk": "CALL"}, ConsistentRead=True).get(
                "Item", {}
            )
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve a call: {error}") from error

    def _writes(self, call: Call, events: int, keep_days: int) -> Writes | None:
        held = self._place(call.lead_id)
        if int(held.get("events", -1)) >= events:
            return None
        day, at = str(call.call_at.astimezone(UTC).date()), f"{call.call_at.astimezone(UTC).isoformat()}#{call.lead_id}"
        expires = int((call.call_at + timedelta(days=keep_days)).timestamp())
        name = self._table.name
        place = {"pk": f"LEAD#{call.lead_id}", "sk": "CALL", "day": day, "at": at, "events": events}
        unmoved: dict[str, Any] = (
            {"ConditionExpression": "events = :events", "ExpressionAttributeValues": {":events": held["events"]}}
            if held
            else {"ConditionExpression": "attribute_not_exists(pk)"}
        )
        shown = {"pk": f"CALLS#{day}", "sk": at, "doc": call.model_dump_json(exclude_defaults=True)}
        writes: Writes = [
            {"Put": {"TableName": name, "Item": {**shown, "expires_at": expires}}},
            {"Put": {"TableName": name, "Item": {**place, "expires_at": expires}, **unmoved}},
            _changed(name, day, expires),
        ]
        if held and (held["day"], held["at"]) != (day, at):
            writes.append({"Delete": {"TableName": name, "Key": {"pk": f"CALLS#{held['day']}", "sk": held["at"]}}})
            writes += [_changed(name, str(held["day"]), expires)] if held["day"] != day else []
        return writes


def _changed(table: str, day: str, expires: int) -> dict[str, Any]:
    return {
        "Update": {
            "TableName": table,
            "Key": {"pk": "TALLY", "sk": day},
            "UpdateExpression": "ADD changes :one SET expires_at = :expires",
            "ExpressionAttributeValues": {":one": 1, ":expires": expires},
        }
    }


def _call(item: Mapping[str, Any]) -> Call:
    return Call.model_validate_json(str(item["doc"]))


def days_of(zone_day: date, zone: Any) -> tuple[datetime, datetime]:
    """A day on the wall clock of a time zone, as its first moment and the first moment of the next, in UTC."""
    start, end = (
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        for day in (zone_day, zone_day + timedelta(1))
    )
    return start, end
