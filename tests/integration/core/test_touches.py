"""Touches in the table: of each lead what most of its events say, with the account's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest

from precall.touches import DynamoTouchBook, Touch
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoTouchBook]:
    with stack(monkeypatch):
        yield DynamoTouchBook(boto3.resource("dynamodb").Table(TABLE))


def touch(lead_id: str, hours: int = 0, what: str = "attended") -> Touch:
    return Touch(lead_id=lead_id, at=AT + timedelta(hours=hours), way="in", what=what, contact="Ada Berg")


def test_all_touches_of_an_account_come_the_newest_first(book: DynamoTouchBook) -> None:
    book.put("a", "Nordlicht", [touch("1"), touch("1", 2)], 5, AT, 730)
    book.put("a", "Nordlicht", [touch("2", 1)], 5, AT, 730)
    book.put("b", "Tarnmoor", [touch("3")], 5, AT, 730)
    assert [(found.lead_id, found.at) for found in book.of("a")] == [
        ("1", AT + timedelta(hours=2)), ("2", AT + timedelta(hours=1)), ("1", AT),
    ]  # fmt: skip
    assert book.names(["a", "b", "c"]) == {"a": "Nordlicht", "b": "Tarnmoor"}
    assert book.names([]) == {}


def test_what_more_events_say_holds_whenever_it_comes(book: DynamoTouchBook) -> None:
    book.put("a", "Nordlicht", [touch("1"), touch("1", 2)], 5, AT, 730)
    book.put("a", "Nordlicht", [touch("1")], 4, AT, 730)
    assert len(book.of("a")) == 2
    book.put("a", "Nordlicht", [], 9, AT, 730)
    assert len(book.of("a")) == 2, "of a lead that is gone nothing is told, and nothing is taken off"
