"""What is usual about an account: DynamoDB as moto knows it, and the fake of the step's tests, promise the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.baselines import Baselines, DynamoBaselines
from precall.errors import StorageUnavailable
from tests.fakes import FakeBaselines
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoBaselines]:
    with stack(monkeypatch):
        yield DynamoBaselines(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "fake"])
def baselines(request: pytest.FixtureRequest) -> Baselines:
    made: Baselines = request.getfixturevalue("dynamo") if request.param == "dynamo" else FakeBaselines()
    return made


def test_the_second_lead_of_an_account_has_a_baseline(baselines: Baselines) -> None:
    assert baselines.days("a", "first") == {}
    baselines.keep("a", "first", {MONDAY: 4, TUESDAY: 0}, AT, 90)
    assert baselines.days("a", "second") == {MONDAY: 4, TUESDAY: 0}
    assert baselines.days("b", "second") == {}


def test_a_research_that_is_repeated_does_not_take_its_own_count_for_history(baselines: Baselines) -> None:
    for _ in range(2):
        baselines.keep("a", "first", {MONDAY: 4}, AT, 90)
        assert baselines.days("a", "first") == {}


def test_a_later_count_of_a_day_holds_and_other_days_stay(baselines: Baselines) -> None:
    baselines.keep("a", "first", {MONDAY: 4}, AT, 90)
    baselines.keep("a", "second", {MONDAY: 5, TUESDAY: 1}, AT, 90)
    baselines.keep("a", "third", {}, AT, 90)
    assert baselines.days("a", "fourth") == {MONDAY: 5, TUESDAY: 1}


def test_a_whole_window_is_kept_at_once(baselines: Baselines) -> None:
    counts = {MONDAY - timedelta(days=n): n for n in range(365)}
    baselines.keep("a", "first", counts, AT, 90)
    assert baselines.days("a", "second") == counts


def test_a_baseline_goes_when_its_retention_is_over(dynamo: DynamoBaselines) -> None:
    dynamo.keep("a", "first", {MONDAY: 4}, AT, 90)
    (item,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert (item["pk"], item["sk"]) == ({"S": "ACCOUNT#a"}, {"S": "BASELINE"})
    assert item["expires_at"] == {"N": str(int((AT + timedelta(days=90)).timestamp()))}


@pytest.mark.parametrize("use", [lambda b: b.days("a", "r"), lambda b: b.keep("a", "r", {MONDAY: 1}, AT, 1)])
def test_a_table_that_does_not_answer_is_a_transient_error(
    dynamo: DynamoBaselines, use: Callable[[Baselines], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://dynamodb")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", fail)
    with pytest.raises(StorageUnavailable):
        use(dynamo)
