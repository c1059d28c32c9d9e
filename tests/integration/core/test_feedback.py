"""Reps' votes: DynamoDB as moto knows it, and the fake of the step's tests, promise the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from precall.errors import StorageUnavailable
from precall.feedback import CALL, Denial, Feedback, Marks, NoFeedback, Say, Tally, Vote
from precall.feedback_store import DynamoFeedback
from tests.fake_feedback import FakeFeedback
from tests.integration.core.stack import TABLE, stack

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
ADA, BO = "ada@seller.example", "bo@seller.example"
DENIAL = Denial(mention_ids=("m1",), outlets=("rivers.example",), headlines=("Delta floods",))
FEATURES = ("signal:hiring", "kind:news")


@pytest.fixture
def dynamo(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoFeedback]:
    with stack(monkeypatch):
        yield DynamoFeedback(boto3.resource("dynamodb").Table(TABLE))


@pytest.fixture(params=["dynamo", "fake"])
def feedback(request: pytest.FixtureRequest) -> Feedback:
    made: Feedback = request.getfixturevalue("dynamo") if request.param == "dynamo" else FakeFeedback()
    return made


def vote(says: Say = "useful", rep: str = ADA, story: str = "s1", lead: str = "l1") -> Vote:
    denial = DENIAL if says == "not_them" else None
    return Vote(lead_id=lead, story_id=story, rep=rep, says=says, account="a", features=FEATURES, denial=denial, at=AT)


def test_a_vote_counts_once_however_often_it_is_sent(feedback: Feedback) -> None:
    assert [feedback.vote(vote(), 90) for _ in range(3)] == [True, False, False]
    found = feedback.marks(ADA).own
    assert (found.useful, found.wrong, found.votes) == ({"*": 1, "signal:hiring": 1, "kind:news": 1}, {}, 1)
    assert feedback.votes("l1", ADA) == {"s1": "useful"}


def test_a_vote_that_is_changed_moves_and_one_that_is_withdrawn_leaves_nothing(feedback: Feedback) -> None:
    feedback.vote(vote(), 90)
    feedback.vote(vote("old_news"), 90)
    found = feedback.marks(ADA).own
    assert (found.useful, found.wrong["signal:hiring"], found.votes) == ({}, 1, 1)
    assert feedback.withdraw("l1", "s1", ADA)
    assert not feedback.withdraw("l1", "s1", ADA)
    assert feedback.marks(ADA).own == Tally()
    assert feedback.votes("l1", ADA) == {}


def test_not_them_is_known_of_the_account_until_it_is_taken_back(feedback: Feedback) -> None:
    feedback.vote(vote("not_them"), 90)
    assert feedback.denials("a") == (DENIAL,)
    assert feedback.denials("b") == ()
    assert feedback.marks(ADA).own.votes == 0
    feedback.vote(vote("useful"), 90)
    assert feedback.denials("a") == ()
    feedback.vote(vote("not_them"), 90)
    feedback.withdraw("l1", "s1", ADA)
    assert feedback.denials("a") == ()


def test_each_rep_is_known_by_their_own_votes_whatever_the_capitals_of_the_address(feedback: Feedback) -> None:
    feedback.vote(vote(), 90)
    feedback.vote(vote("old_news", BO), 90)
    marks = feedback.marks("ADA@seller.example")
    assert marks.own.useful["*"] == 1
    assert [other.wrong["*"] for other in marks.others] == [1]
    assert len(feedback.marks(None).others) == 2


def test_a_call_that_led_on_counts_a_quarter(feedback: Feedback) -> None:
    feedback.vote(vote("led_on", story=CALL), 90)
    feedback.vote(vote(), 90)
    assert feedback.marks(ADA).own.useful["signal:hiring"] == 1.25


def test_a_click_that_was_overtaken_reads_again_and_counts_once(
    dynamo: DynamoFeedback, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = boto3.resource("dynamodb").Table(TABLE)
    answers: list[Any] = [{}]  # read before the other click came
    read = table.get_item
    monkeypatch.setattr(table, "get_item", lambda **asked: answers.pop() if answers else read(**asked))
    dynamo.vote(vote(), 90)
    assert DynamoFeedback(table).vote(vote("old_news"), 90)
    assert not answers
    found = dynamo.marks(ADA).own
    assert (found.votes, found.useful, found.wrong["*"]) == (1, {}, 1)


def test_after_a_reset_nothing_that_was_said_before_counts_and_nothing_is_taken_off_twice(feedback: Feedback) -> None:
    feedback.vote(vote(), 90)
    feedback.vote(vote(story="s2"), 90)
    feedback.reset(ADA, AT + timedelta(hours=1))
    assert feedback.marks(ADA).own == Tally()
    assert feedback.votes("l1", ADA) == {"s1": "useful", "s2": "useful"}, "it stays to be seen"
    feedback.withdraw("l1", "s1", ADA)
    feedback.vote(vote("old_news", story="s3").model_copy(update={"at": AT + timedelta(hours=2)}), 90)
    own = feedback.marks(ADA).own
    assert (own.votes, dict(own.useful), own.wrong["*"]) == (1, {}, 1)


def test_what_was_denied_of_an_account_can_be_allowed_again(feedback: Feedback) -> None:
    feedback.vote(vote("not_them"), 90)
    assert feedback.allow("a") == 1
    assert (feedback.denials("a"), feedback.allow("a")) == ((), 0)
    feedback.withdraw("l1", "s1", ADA)


def test_everybody_s_marks_are_told_apart(feedback: Feedback) -> None:
    feedback.vote(vote(), 90)
    feedback.vote(vote("old_news", BO), 90)
    assert {tally.votes for tally in feedback.tallies().values()} == {1}
    assert {(each.rep, each.says) for each in feedback.all_votes("l1")} == {(ADA, "useful"), (BO, "old_news")}


def test_votes_go_when_their_time_is_over(dynamo: DynamoFeedback) -> None:
    dynamo.vote(vote("not_them"), 90)
    dynamo.vote(vote(story="s2"), 90)
    items = boto3.resource("dynamodb").Table(TABLE).scan()["Items"]
    assert {int(str(item["expires_at"])) for item in items} == {int((AT + timedelta(days=90)).timestamp())}
    assert not any("seller" in str(item[key]) for item in items for key in ("pk", "sk"))


def test_a_table_that_does_not_serve_is_named(dynamo: DynamoFeedback, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb.example")

    table = boto3.resource("dynamodb").Table(TABLE)
    monkeypatch.setattr(table.meta.client, "transact_write_items", down)
    with pytest.raises(StorageUnavailable, match="did not take a vote"):
        DynamoFeedback(table).vote(vote(), 90)
    monkeypatch.setattr(table, "get_item", down)
    with pytest.raises(StorageUnavailable, match="did not serve a vote"):
        DynamoFeedback(table).vote(vote(), 90)
    monkeypatch.setattr(table.meta.client, "get_paginator", down)
    with pytest.raises(StorageUnavailable, match="did not serve votes"):
        DynamoFeedback(table).marks(ADA)


def test_without_feedback_nothing_is_known() -> None:
    nobody = NoFeedback()
    assert nobody.marks(ADA) == Marks()
    assert (nobody.denials("a"), nobody.votes("l1", ADA)) == ((), {})
    assert not nobody.vote(vote(), 90)
    assert not nobody.withdraw("l1", "s1", ADA)
