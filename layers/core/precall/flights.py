"""Single flight: of many who want the same at the same time one goes, the others wait for what it brings.

| pk            | sk     | what                                                                      |
|---------------|--------|---------------------------------------------------------------------------|
| FLIGHT#<key>  | FLIGHT | `pilot`, `landed`, `until` (of the lease; then of what was brought; in ms) |
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code
from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_KEPT = 3600
"""Seconds after which a flight is forgotten."""
_FREE = "attribute_not_exists(#until) OR #until <= :now OR (pilot = :pilot AND attribute_not_exists(landed))"


class Seat(StrEnum):
    """What somebody who comes to a flight is to do: go, wait and ask again, or take what was brought."""

    PILOT = "pilot"
    WAIT = "wait"
    LANDED = "landed"


class Flights(Protocol):
    """The port. Moments are milliseconds since the epoch. Raises StorageUnavailable."""

    def board(self, key: str, pilot: str, now: int, lease: int) -> Seat:
        """PILOT for one at a time, who may ask again, until it lands or its lease of `lease` milliseconds ends."""

    def land(self, key: str, pilot: str, until: int) -> None:
        """`pilot` brought it; who comes before `until` takes it. Nothing happens where another has the lease."""

    def give_up(self, key: str, pilot: str) -> None:
        """`pilot` brings nothing; the next who comes goes."""


@dataclass
class _Flight:
    pilot: str
    until: int
    landed: bool = False


class MemoryFlights:
    """`Flights` in one process."""

    def __init__(self) -> None:
        self._flights: dict[str, _Flight] = {}
        self._lock = Lock()

    def board(self, key: str, pilot: str, now: int, lease: int) -> Seat:
        """See `Flights.board`."""
        with self._lock:
            flight = self._flights.get(key)
            mine = flight is not None and flight.pilot == pilot and not flight.landed
            if flight is None or flight.until <= now or mine:
                self._flights[key] = _Flight(pilot, now + lease)
                return Seat.PILOT
            return Seat.LANDED if flight.landed else Seat.WAIT

    def land(self, key: str, pilot: str, until: int) -> None:
        """See `Flights.land`."""
        with self._lock:
            if key in self._flights and self._flights[key].pilot == pilot:
                self._flights[key] = _Flight(pilot, until, landed=True)

    def give_up(self, key: str, pilot: str) -> None:
        """See `Flights.give_up`."""
        with self._lock:
            if key in self._flights and self._flights[key].pilot == pilot:
                del self._flights[key]


class DynamoFlights:
    """The table: each step one conditional UpdateItem."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def board(self, key: str, pilot: str, now: int, lease: int) -> Seat:
        """See `Flights.board`."""
        update = "SET pilot = :pilot, #until = :until, expires_at = :expires REMOVE landed"
        values = {":pilot": pilot, ":until": now + lease, ":expires": now // 1000 + _KEPT, ":now": now}
        flight = self._change(key, update, _FREE, values)
        if flight is None:
            return Seat.PILOT
        return Seat.LANDED if "landed" in flight else Seat.WAIT

    def land(self, key: str, pilot: str, until: int) -> None:
        """See `Flights.land`."""
        values = {":pilot": pilot, ":until": until, ":yes": True}
        self._change(key, "SET #until = :until, landed = :yes", "pilot = :pilot", values)

    def give_up(self, key: str, pilot: str) -> None:
        """See `Flights.give_up`."""
        self._change(key, "REMOVE #until", "pilot = :pilot", {":pilot": pilot})

    def _change(self, key: str, update: str, condition: str, values: dict[str, Any]) -> Any:
        """None when the condition held, else the item as it is, in DynamoDB's own JSON."""
        try:
            self._table.update_item(
                Key={"pk": f"FLIGHT#{key}", "sk": "FLIGHT"},
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#until": "until"},
                ExpressionAttributeValues=values,
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error_code(error) != "ConditionalCheckFailedException":
                raise StorageUnavailable(f"DynamoDB did not serve a flight: {error}") from error
            answer: Any = error.response
            return answer.get("Item", {})
        except BotoCoreError as error:
            raise StorageUnavailable(f"DynamoDB did not serve a flight: {error}") from error
        return None
