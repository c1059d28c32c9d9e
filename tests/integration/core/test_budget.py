"""The day's budget: DynamoDB as moto knows it, and the one in memory, keep the same promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.budget import Budget, DynamoBudget, MemoryBudget
from precall.errors import StorageUnavailable
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 23, 50, tzinfo=UTC)


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoBudget]:
    with stack(monkeypatch):
        yield DynamoBudget(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "memory"])
def budget(request: pytest.FixtureRequest) -> Budget:
    made: Budget = request.getfixturevalue("dynamo") if request.param == "dynamo" else MemoryBudget()
    return made


def test_a_day_has_so_many_and_the_next_begins_anew(budget: Budget) -> None:
    assert [budget.take(AT, 3) for _ in range(5)] == [True, True, True, False, False]
    assert budget.take(AT + timedelta(minutes=10), 3)


def test_days_are_those_of_utc(budget: Budget) -> None:
    assert budget.take(AT, 1)
    assert not budget.take(AT.astimezone().replace(microsecond=0), 1)


def test_a_budget_that_is_raised_goes_on(budget: Budget) -> None:
    assert [budget.take(AT, 1), budget.take(AT, 1), budget.take(AT, 2)] == [True, False, True]


def test_a_counter_goes_by_itself(dynamo: DynamoBudget) -> None:
    dynamo.take(AT, 1)
    (item,) = boto3.resource("dynamodb").Table(TABLE).scan()["Items"]
    assert AT.timestamp() < int(str(item["expires_at"])) < (AT + timedelta(days=60)).timestamp()


def test_a_table_that_does_not_answer_is_said(dynamo: DynamoBudget, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb.example")

    monkeypatch.setattr(dynamo._table, "update_item", silent)
    with pytest.raises(StorageUnavailable, match="budget"):
        dynamo.take(AT, 1)
