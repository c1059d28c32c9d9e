"""Flights: DynamoDB as moto knows it, and the ones in memory, keep the same promises."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.errors import StorageUnavailable
from precall.flights import DynamoFlights, Flights, MemoryFlights, Seat
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = 1_772_366_400_000


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoFlights]:
    with stack(monkeypatch):
        yield DynamoFlights(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "memory"])
def flights(request: pytest.FixtureRequest) -> Flights:
    made: Flights = request.getfixturevalue("dynamo") if request.param == "dynamo" else MemoryFlights()
    return made


def test_one_goes_the_others_wait_and_take_what_it_brought(flights: Flights) -> None:
    assert flights.board("acme", "a", AT, 8000) is Seat.PILOT
    assert flights.board("acme", "b", AT + 1, 8000) is Seat.WAIT
    assert flights.board("other", "b", AT + 1, 8000) is Seat.PILOT
    flights.land("acme", "a", AT + 60_000)
    assert flights.board("acme", "b", AT + 9000, 8000) is Seat.LANDED
    assert flights.board("acme", "b", AT + 60_000, 8000) is Seat.PILOT
    assert flights.board("acme", "c", AT + 60_001, 8000) is Seat.WAIT


def test_who_goes_may_ask_again_until_it_landed(flights: Flights) -> None:
    assert flights.board("acme", "a", AT, 8000) is Seat.PILOT
    assert flights.board("acme", "a", AT + 5000, 8000) is Seat.PILOT
    assert flights.board("acme", "b", AT + 9000, 8000) is Seat.WAIT, "the lease began anew"
    flights.land("acme", "a", AT + 60_000)
    assert flights.board("acme", "a", AT + 9000, 8000) is Seat.LANDED


def test_a_lease_that_ended_goes_to_the_next_and_the_late_one_changes_nothing(flights: Flights) -> None:
    flights.board("acme", "dead", AT, 8000)
    assert flights.board("acme", "b", AT + 8000, 8000) is Seat.PILOT
    flights.land("acme", "dead", AT + 60_000)
    flights.give_up("acme", "dead")
    assert flights.board("acme", "c", AT + 8001, 8000) is Seat.WAIT


def test_who_gives_up_lets_the_next_go(flights: Flights) -> None:
    flights.board("acme", "a", AT, 8000)
    flights.give_up("acme", "a")
    assert flights.board("acme", "b", AT + 1, 8000) is Seat.PILOT


def test_rows_are_below_their_own_key_and_expire(dynamo: DynamoFlights) -> None:
    dynamo.board("acme", "a", AT, 8000)
    (row,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert (row["pk"], int(row["expires_at"]["N"])) == ({"S": "FLIGHT#acme"}, AT // 1000 + 3600)


def test_a_table_that_does_not_answer_is_said_to(dynamo: DynamoFlights, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", down)
    with pytest.raises(StorageUnavailable):
        dynamo.board("acme", "a", AT, 8000)
