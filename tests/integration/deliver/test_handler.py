"""The handler with its own wiring against AWS as moto knows it."""

from __future__ import annotations

import copy
from typing import Any

import boto3
import pytest

from deliver import bootstrap as wiring
from deliver.handler import handler
from precall import again
from precall.bus import EventBridgeBus
from precall.errors import BusUnavailable
from precall.events import BriefMissed, BriefSent, parse_event
from tests.integration.deliver.conftest import Aws
from tests.unit.deliver.test_handler import Context
from tests.unit.deliver.world import CONFIG, SQS

pytestmark = pytest.mark.integration


class InTime(Context):
    def get_remaining_time_in_millis(self) -> int:
        return 30_000


class Short(Context):
    def get_remaining_time_in_millis(self) -> int:
        return 5_000


def left_in_the_queue(context: Context | None = None) -> int:
    answer: Any = handler(copy.deepcopy(SQS), context or InTime())
    return len(answer["batchItemFailures"])


def test_the_sample_batch_mails_and_tells_the_bus(aws: Aws) -> None:
    assert left_in_the_queue() == 0
    assert sorted(mail.subject for mail in aws.mails)[1] == "Nordlicht Foods: opens a warehouse in Linz · call 10:30"
    assert {mail.source for mail in aws.mails} == {"Inside Sales <briefs@seller.example>"}
    published = [parse_event(message["detail"]) for message in aws.published()]
    sent = [event for event in published if isinstance(event, BriefSent)]
    assert sorted(event.notice_only for event in sent) == [False, True]
    assert {event.message_id for event in sent} == {mail.id for mail in aws.mails}
    assert all(49 <= event.minutes_before_call <= 50 for event in sent)


def test_a_batch_that_comes_again_mails_nothing_and_publishes_the_same(aws: Aws) -> None:
    left_in_the_queue()
    first = sorted(str(message["detail"]) for message in aws.published())
    assert left_in_the_queue() == 0
    assert sorted(str(message["detail"]) for message in aws.published()) == first
    assert len(aws.mails) == 2


def test_what_was_sent_but_not_published_is_published_later(aws: Aws, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(self: object, *events: object) -> None:
        raise BusUnavailable("the bus is down")

    with monkeypatch.context() as patch:
        patch.setattr(EventBridgeBus, "publish", down)
        assert left_in_the_queue() == 2
    assert left_in_the_queue() == 0
    assert len(aws.mails) == 2
    assert len(aws.published()) == 2


def test_an_unverified_sender_is_a_missed_brief_with_the_reason(aws: Aws) -> None:
    boto3.client("sesv2").delete_email_identity(EmailIdentity=CONFIG.sender)
    assert left_in_the_queue() == 0
    published = [parse_event(message["detail"]) for message in aws.published()]
    assert all(isinstance(event, BriefMissed) and "not verified" in event.reason for event in published)
    assert len(published) == 2


def test_without_time_left_the_messages_wait_for_the_next_invocation(aws: Aws) -> None:
    assert left_in_the_queue(Short()) == 2
    assert aws.mails == []
    assert left_in_the_queue() == 0
    assert len(aws.mails) == 2


def test_after_a_passing_trouble_the_message_is_back_at_once_and_the_mail_goes_out(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqs = boto3.client("sqs")
    queue = sqs.create_queue(QueueName="deliver", Attributes={"VisibilityTimeout": "180"})["QueueUrl"]
    monkeypatch.setenv("QUEUE_URL", queue)
    monkeypatch.setattr(again, "FIRST", 0)
    wiring.bootstrap.cache_clear()
    sqs.send_message(QueueUrl=queue, MessageBody=SQS["Records"][0]["body"])

    def delivered() -> int:
        (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
        record = {**SQS["Records"][0], "receiptHandle": message["ReceiptHandle"], "messageId": message["MessageId"]}
        return len(handler({"Records": [record]}, InTime())["batchItemFailures"])

    with monkeypatch.context() as patch:
        patch.setattr(EventBridgeBus, "publish", _down)
        assert delivered() == 1
    assert delivered() == 0
    assert len(aws.mails) == 1


def _down(self: object, *events: object) -> None:
    raise BusUnavailable("the bus is down")
