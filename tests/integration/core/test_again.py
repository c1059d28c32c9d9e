"""A message that met a passing trouble is there again soon; what cannot be hastened comes later by itself."""

from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest

from precall.again import FIRST, LONGEST, Again
from precall.inbox import Message
from tests.fakes import FakeSqs
from tests.integration.core.stack import stack

pytestmark = pytest.mark.integration


def record(tries: int) -> Message:
    return Message("m-1", "{}", receipt_handle="handle", tries=tries)


def test_each_try_waits_twice_as_long_and_none_longer_than_the_queue() -> None:
    watched = FakeSqs()
    again = Again(watched, "https://queue.example/deliver")  # type: ignore[arg-type]
    for tries in (1, 2, 3, 6, 7, 50):
        again.soon(record(tries))
    assert watched.waits == [FIRST, 10, 20, 160, LONGEST, LONGEST]


def test_without_a_queue_nothing_is_asked() -> None:
    watched = FakeSqs()
    Again(watched, None).soon(record(1))  # type: ignore[arg-type]
    assert watched.waits == []


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with stack(monkeypatch):
        yield


def test_what_cannot_be_hastened_is_left_to_the_queue(aws: None, caplog: pytest.LogCaptureFixture) -> None:
    sqs = boto3.client("sqs")
    queue = sqs.create_queue(QueueName="deliver")["QueueUrl"]
    Again(sqs, queue).soon(record(1))
    assert "a message is not brought sooner" in caplog.text
