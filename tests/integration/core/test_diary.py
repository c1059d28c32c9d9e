"""The diary: DynamoDB as moto knows it, and the fake that the steps' tests use, keep the same promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.diary import Booked, Booking, Diary, DynamoDiary, Page, cells
from precall.errors import StorageUnavailable
from tests.fakes import FakeDiary
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
TEN = timedelta(minutes=10)
PAGE = Page("dana@seller.example", date(2026, 3, 12))


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDiary]:
    with stack(monkeypatch):
        resource = boto3.resource("dynamodb")
        yield DynamoDiary(resource, resource.Table(TABLE))


@pytest.fixture(params=["dynamo", "fake"])
def diary(request: pytest.FixtureRequest) -> Diary:
    made: Diary = request.getfixturevalue("dynamo") if request.param == "dynamo" else FakeDiary()
    return made


def call(lead: str = "lead-1", minutes: int = 0, at_most: int | None = 19) -> Booking:
    return Booking(PAGE, lead, AT + timedelta(minutes=minutes), TEN, at_most)


def test_a_page_holds_what_was_booked(diary: Diary) -> None:
    assert diary.read([PAGE]) == {PAGE: Booked()}
    assert diary.book(call())
    booked = diary.read([PAGE])[PAGE]
    assert (booked.calls, booked.starts) == (1, {"lead-1": AT})
    assert not booked.is_free(AT + timedelta(minutes=5), TEN)
    assert booked.is_free(AT + TEN, TEN)


def test_nobody_is_booked_twice_at_once_but_by_whom_it_must_be(diary: Diary) -> None:
    assert diary.book(call())
    assert not diary.book(call("lead-2", 5))
    assert diary.book(call("lead-3", 10))
    assert diary.book(call("lead-4", 5, None))


def test_a_lead_is_booked_once(diary: Diary) -> None:
    assert diary.book(call())
    assert not diary.book(call(minutes=30))
    assert diary.read([PAGE])[PAGE].calls == 1


def test_no_more_are_booked_than_may_be(diary: Diary) -> None:
    assert diary.book(call("lead-1", 0, 0))
    assert not diary.book(call("lead-2", 30, 0))
    assert diary.book(call("lead-2", 30, 1))


def test_what_is_released_is_free_and_twice_is_once(diary: Diary) -> None:
    diary.book(call())
    for _ in range(2):
        diary.release(call())
    assert diary.read([PAGE]) == {PAGE: Booked()}
    assert diary.book(call("lead-2"))


def test_a_release_takes_only_the_call_that_it_names(diary: Diary) -> None:
    diary.book(call())
    diary.release(call(minutes=30))
    assert diary.read([PAGE])[PAGE].starts == {"lead-1": AT}
    diary.release(call())
    diary.book(call(minutes=30))
    diary.release(call())
    assert diary.read([PAGE])[PAGE].starts == {"lead-1": AT + timedelta(minutes=30)}


def test_the_cells_of_a_call_are_taken_until_it_is_released_whatever_overlaps(diary: Diary) -> None:
    diary.book(call("lead-1", 0))
    diary.book(call("lead-2", 5, None))
    diary.release(call("lead-2", 5))
    booked = diary.read([PAGE])[PAGE]
    assert not booked.is_free(AT + timedelta(minutes=5), timedelta(minutes=5))
    assert booked.is_free(AT + TEN, TEN)


def test_every_booking_that_was_tried_is_known_whether_it_was_made_or_not(diary: Diary) -> None:
    assert diary.tried("lead-1") == []
    diary.book(call("lead-2"))
    assert [diary.book(call(minutes=minutes)) for minutes in (0, 30, 30)] == [False, True, False]
    other = Booking(Page("mei o'hara@seller.example", PAGE.day), "lead-1", AT + timedelta(seconds=7.5), TEN, 3)
    assert diary.book(other)
    assert {one.slot for one in diary.tried("lead-1")} == {
        call(minutes=0).slot,
        call(minutes=30).slot,
        other.slot,
    }
    there = [one for one in diary.tried("lead-1") if diary.read([one.page])[one.page].has(one)]
    assert {one.slot for one in there} == {call(minutes=30).slot, other.slot}


def test_many_pages_are_read_at_once(dynamo: DynamoDiary) -> None:
    pages = [Page(f"r{n}@seller.example", PAGE.day) for n in range(130)]
    dynamo.book(Booking(pages[120], "lead-1", AT, TEN, 0))
    read = dynamo.read(pages)
    assert len(read) == 130
    assert [page for page, booked in read.items() if booked.calls] == [pages[120]]


def test_a_call_touches_the_cells_that_it_overlaps() -> None:
    assert len(cells(AT, TEN)) == 2
    assert cells(AT + TEN, TEN)[0] == cells(AT, TEN)[-1] + 1
    assert len(cells(AT + timedelta(minutes=3), TEN)) == 3


def test_when_the_table_does_not_answer_another_try_is_worth_it(
    dynamo: DynamoDiary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", down)
    uses = (
        lambda: dynamo.book(call()),
        lambda: dynamo.release(call()),
        lambda: dynamo.read([PAGE]),
        lambda: dynamo.tried("lead-1"),
    )
    for use in uses:
        with pytest.raises(StorageUnavailable):
            use()
