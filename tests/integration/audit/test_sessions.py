"""Sessions and sign-in links in the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import boto3
import pytest

from audit.sessions import LASTS, WINDOW, DynamoSessions
from precall.clock import utc_now
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
NOW = utc_now()


@pytest.fixture
def sessions(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoSessions]:
    with stack(monkeypatch):
        yield DynamoSessions(boto3.resource("dynamodb").Table(TABLE))


def test_a_session_lasts_a_working_day_or_until_its_end(sessions: DynamoSessions) -> None:
    secret = sessions.begin("priya@seller.example", NOW)
    assert sessions.address(secret, NOW) == "priya@seller.example"
    assert sessions.address(secret, NOW + LASTS) is None
    sessions.end(secret)
    assert sessions.address(secret, NOW) is None
    assert sessions.address("forged", NOW) is None


def test_neither_the_secret_nor_who_tries_is_kept(sessions: DynamoSessions) -> None:
    secret = sessions.begin("priya@seller.example", NOW)
    sessions.tries("address stranger@nowhere.example", NOW)
    kept = str(boto3.resource("dynamodb").Table(TABLE).scan()["Items"])
    assert secret not in kept
    assert "stranger" not in kept


def test_a_link_is_used_once(sessions: DynamoSessions) -> None:
    assert sessions.use("ask-1", NOW)
    assert not sessions.use("ask-1", NOW)
    assert sessions.use("ask-2", NOW)


def test_tries_are_counted_in_quarters_of_an_hour(sessions: DynamoSessions) -> None:
    start = NOW.replace(minute=0, second=0, microsecond=0)
    assert [sessions.tries("a", start + timedelta(minutes=m)) for m in (0, 1, 14)] == [1, 2, 3]
    assert sessions.tries("A", start + timedelta(minutes=2)) == 4
    assert sessions.tries("b", start) == 1
    assert sessions.tries("a", start + WINDOW) == 1
