"""The shared ledger: DynamoDB as moto knows it and the one in memory keep the same promises."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import EndpointConnectionError

from precall.errors import StorageUnavailable
from precall.fetch.manners import DynamoLedger, Ledger, MemoryCache, MemoryLedger, S3Cache
from precall.fetch.manners.cache import Cache, Kept, cache_key
from precall.fetch.manners.ledger import PROBE, Granted, Refused, Why
from precall.fetch.manners.rate import Rate
from tests.integration.core.stack import BUCKET, TABLE, stack
from tests.unit.fetch.web import NOW

pytestmark = pytest.mark.integration
AT = 1_772_366_400_000
SLOW = Rate.at_most(1, 5)
QUICK = Rate.at_most(20, 60, burst=5)


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoLedger]:
    """moto is not made for threads; DynamoDB does one write to an item after the other, so here calls do too."""
    client: Any = BaseClient
    call, lock = client._make_api_call, Lock()

    def one_at_a_time(self: BaseClient, name: str, arguments: Any) -> Any:
        with lock:
            return call(self, name, arguments)

    with stack(monkeypatch):
        monkeypatch.setattr(client, "_make_api_call", one_at_a_time)
        yield DynamoLedger(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "memory"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    made: Ledger = request.getfixturevalue("dynamo") if request.param == "dynamo" else MemoryLedger()
    return made


def test_one_turn_in_its_interval_whoever_asks(ledger: Ledger) -> None:
    assert ledger.take("gdelt", SLOW, AT, 0) == Granted()
    assert ledger.take("gdelt", SLOW, AT + 1000, 0) == Refused(AT + 5000, Why.RATE)
    assert ledger.take("gdelt", SLOW, AT + 1000, 4000) == Granted(wait=4000)
    assert ledger.take("gdelt", SLOW, AT + 5000, 4000) == Refused(AT + 10_000, Why.RATE)
    assert ledger.take("gdelt", SLOW, AT + 10_000, 0) == Granted()
    assert ledger.take("other", SLOW, AT, 0) == Granted()


def test_a_burst_then_the_refill(ledger: Ledger) -> None:
    assert [ledger.take("b", QUICK, AT, 0) for _ in range(6)] == [Granted()] * 5 + [Refused(AT + 3750, Why.RATE)]
    assert ledger.take("b", QUICK, AT + 3750, 0) == Granted()


def test_many_at_the_same_moment_get_no_more_than_there_is(ledger: Ledger) -> None:
    with ThreadPoolExecutor(8) as many:
        given = list(many.map(lambda _: ledger.take("b", QUICK, AT, 0), range(24)))
    assert sum(isinstance(turn, Granted) for turn in given) == 5


def test_a_rest_is_kept_then_one_probes_and_the_others_wait_for_it(ledger: Ledger) -> None:
    ledger.take("b", QUICK, AT, 0)
    ledger.rest("b", AT + 60_000, Why.WISH)
    ledger.rest("b", AT + 30_000, Why.DOWN)  # the longer one counts
    assert ledger.take("b", QUICK, AT + 59_999, 5000) == Refused(AT + 60_000, Why.WISH)
    with ThreadPoolExecutor(8) as many:
        given = list(many.map(lambda _: ledger.take("b", QUICK, AT + 60_000, 0), range(8)))
    assert sorted(given, key=str) == [Granted(doubtful=True)] + [Refused(AT + 60_000 + PROBE, Why.WISH)] * 7
    ledger.recovered("b")
    assert ledger.take("b", QUICK, AT + 61_000, 0) == Granted()


def test_a_probe_that_nobody_hears_of_is_followed_by_another(ledger: Ledger) -> None:
    ledger.rest("b", AT, Why.DOWN)
    assert ledger.take("b", QUICK, AT, 0) == Granted(doubtful=True)
    assert ledger.take("b", QUICK, AT + PROBE, 0) == Granted(doubtful=True)


def test_failures_add_up_until_it_answers(ledger: Ledger) -> None:
    assert [ledger.failed("b", weight) for weight in (1, 1, 3)] == [1, 2, 5]
    assert ledger.take("b", QUICK, AT, 0) == Granted(doubtful=True)
    ledger.recovered("b")
    assert ledger.take("b", QUICK, AT, 0) == Granted()
    assert ledger.failed("b", 1) == 1


def test_rows_are_below_their_own_key_and_expire(dynamo: DynamoLedger) -> None:
    dynamo.take("gdelt", SLOW, AT, 0)
    (row,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert (row["pk"], row["sk"]) == ({"S": "RATE#gdelt"}, {"S": "RATE"})
    assert int(row["expires_at"]["N"]) == AT // 1000 + 2 * 86_400


def test_a_table_that_does_not_answer_is_said_to(dynamo: DynamoLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", down)
    with pytest.raises(StorageUnavailable, match="did not serve the rate of gdelt"):
        dynamo.take("gdelt", SLOW, AT, 0)


@pytest.fixture(params=["s3", "memory"])
def cache(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cache]:
    with stack(monkeypatch):
        yield S3Cache(boto3.client("s3"), BUCKET) if request.param == "s3" else MemoryCache()


KEPT = Kept("https://acme.com/é", {"content-type": "text/html", "etag": '"1"'}, b"line\nline\x00\xff", NOW)


def test_what_was_kept_comes_back_as_it_was(cache: Cache) -> None:
    key = cache_key("https://acme.com/")
    assert cache.get(key) is None
    cache.put(key, KEPT)
    assert cache.get(key) == KEPT


@pytest.mark.parametrize("broken", [b"", b"{}", b"not json\nbody", b'{"url": 1, "at": "soon", "headers": {}}\n'])
def test_what_cannot_be_read_was_not_kept(monkeypatch: pytest.MonkeyPatch, broken: bytes) -> None:
    with stack(monkeypatch):
        boto3.client("s3").put_object(Bucket=BUCKET, Key="cache/a", Body=broken)
        assert S3Cache(boto3.client("s3"), BUCKET).get("a") is None


def test_the_bucket_keeps_answers_below_one_folder_and_says_when_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    with stack(monkeypatch):
        client = boto3.client("s3")
        S3Cache(client, BUCKET).put("a", KEPT)
        assert [item["Key"] for item in client.list_objects_v2(Bucket=BUCKET)["Contents"]] == ["cache/a"]
        with pytest.raises(StorageUnavailable):
            S3Cache(client, "elsewhere").put("a", KEPT)
        with pytest.raises(StorageUnavailable):
            S3Cache(client, "elsewhere").get("a")
