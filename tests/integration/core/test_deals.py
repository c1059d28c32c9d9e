"""How a lead's deals stand, against DynamoDB as moto has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations

import boto3
import pytest

from precall.deals import Deal, DynamoDeals
from precall.errors import StorageUnavailable
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
KEEP = 90


@pytest.fixture
def deals(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDeals]:
    with stack(monkeypatch):
        yield DynamoDeals(boto3.resource("dynamodb").Table(TABLE))


def test_each_record_stands_as_was_said_last_in_whatever_order_it_is_told(deals: DynamoDeals) -> None:
    said: list[tuple[Deal, float]] = [("open", 0), ("lost", 1), ("open", 2), ("won", 3.5)]
    for number, order in enumerate(permutations(said)):
        for deal, hours in order:
            deals.note(f"lead-{number}", "deal/70", deal, NOW + timedelta(hours=hours), KEEP)
        assert deals.of(f"lead-{number}") == {"won"}


def test_what_is_told_again_holds_and_what_comes_late_does_not(deals: DynamoDeals) -> None:
    assert deals.of("lead-1") == frozenset()
    assert [deals.note("lead-1", "00D5/Opportunity/006", "open", NOW, KEEP) for _ in range(2)] == [True, True]
    assert deals.note("lead-1", "deal/71", "lost", NOW + timedelta(hours=1), KEEP)
    assert not deals.note("lead-1", "deal/71", "open", NOW, KEEP)
    assert deals.of("lead-1") == {"open", "lost"}
    assert deals.of("lead-2") == frozenset()


def test_without_the_table_it_is_to_be_tried_again(deals: DynamoDeals) -> None:
    boto3.client("dynamodb").delete_table(TableName=TABLE)
    with pytest.raises(StorageUnavailable, match="did not take"):
        deals.note("lead-1", "deal/70", "open", NOW, KEEP)
    with pytest.raises(StorageUnavailable, match="did not say"):
        deals.of("lead-1")
