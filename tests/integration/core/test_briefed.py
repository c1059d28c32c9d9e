"""Which briefs an account has had: DynamoDB as moto knows it, and the fake of the unit tests, promise the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.briefed import Briefed, Briefing, DynamoBriefed
from precall.errors import StorageUnavailable
from precall.model import SignalKind
from precall.model.snippet import Snippet
from tests.fakes import FakeBriefed
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def briefing(number: int, **later: float) -> Briefing:
    return Briefing(f"lead-{number}", f"research-{number}", AT + timedelta(**later))


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoBriefed]:
    with stack(monkeypatch):
        yield DynamoBriefed(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "fake"])
def briefed(request: pytest.FixtureRequest) -> Briefed:
    made: Briefed = request.getfixturevalue("dynamo") if request.param == "dynamo" else FakeBriefed()
    return made


def test_the_newest_earlier_brief_of_the_same_account_is_found(briefed: Briefed) -> None:
    assert briefed.before("a", briefing(1)) is None
    for each in (briefing(1), briefing(2, microseconds=1), briefing(3, days=2)):
        briefed.note("a", each, 90)
    assert briefed.before("a", briefing(4, days=1)) == briefing(2, microseconds=1)
    assert briefed.before("a", briefing(4, days=9)) == briefing(3, days=2)
    assert briefed.before("b", briefing(4, days=9)) is None


def test_a_brief_is_not_its_own_predecessor_however_often_it_is_written(briefed: Briefed) -> None:
    for _ in range(2):
        briefed.note("a", briefing(1), 90)
        assert briefed.before("a", briefing(1)) is None


def test_a_table_that_does_not_answer_is_an_error_of_a_known_class(
    dynamo: DynamoBriefed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb.example")

    for name in ("query", "put_item"):
        monkeypatch.setattr(dynamo._table, name, down)
    with pytest.raises(StorageUnavailable):
        dynamo.before("a", briefing(1))
    with pytest.raises(StorageUnavailable):
        dynamo.note("a", briefing(1), 90)


def quoting(number: int, *urls: str, **later: float) -> Briefing:
    told = tuple(Snippet(text=f"{url} in {number}", url=url, outlet="Wire", signal=SignalKind.FUNDING) for url in urls)
    return replace(briefing(number, **later), quoted=told)


def test_what_briefs_quoted_stays_with_the_account_newest_first_and_each_source_once(briefed: Briefed) -> None:
    briefed.note("a", quoting(1, "https://one.example", "https://two.example"), 90)
    briefed.note("a", quoting(2, "https://two.example", "https://three.example", days=1), 90)
    briefed.note("a", briefing(3, days=2), 90)
    assert [snippet.text for snippet in briefed.told("a")] == [
        "https://two.example in 2", "https://three.example in 2", "https://one.example in 1",
    ]  # fmt: skip
    assert briefed.told("b") == ()


def test_what_another_version_wrote_is_passed_over(dynamo: DynamoBriefed) -> None:
    dynamo.note("a", quoting(1, "https://one.example"), 90)
    table = boto3.resource("dynamodb").Table(TABLE)
    (item,) = table.scan()["Items"]
    table.put_item(Item={**item, "quoted": '[{"words": 1}]'})
    assert dynamo.told("a") == ()
