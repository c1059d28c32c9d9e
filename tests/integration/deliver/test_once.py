"""Once: what the records in the table allow and refuse, through crashes and time-outs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, cast

import pytest
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.serialization.pydantic import PydanticSerializer
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import EndpointConnectionError

from deliver.once import KEEP_SECONDS, IdempotentOnce, mail_key
from precall.errors import MailRefused, MailUnavailable, StorageUnavailable
from precall.events import BriefSent
from tests.integration.deliver.test_handler import InTime
from tests.unit.deliver.world import CALL_AT, NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

pytestmark = pytest.mark.integration
KEY = mail_key("brief", "lead-1", CALL_AT, "rep@seller.example")


class Killed(BaseException):
    """The invocation is gone: nothing after it runs."""


def once(table: DynamoDBClient, left_ms: int = 30_000) -> IdempotentOnce[BriefSent]:
    return IdempotentOnce(table, "facts", BriefSent, lambda: left_ms)


class Sender:
    """Counts mails; fails with `error` when it has one."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.mails = 0
        self.error = error

    def __call__(self) -> BriefSent:
        self.mails += 1
        if self.error:
            raise self.error
        return BriefSent(
            lead_id="lead-1",
            correlation_id="c-1",
            at=NOW,
            research_id="research-1",
            to="jonas@seller.example",
            call_at=CALL_AT,
            message_id=f"ses-{self.mails}",
            minutes_before_call=79,
        )


def records(table: DynamoDBClient) -> list[dict[str, Any]]:
    return list(table.scan(TableName="facts")["Items"])


def test_the_second_time_the_first_answer_comes_back_whole(table: DynamoDBClient) -> None:
    send = Sender()
    first = once(table).send(KEY, send)
    again = once(table).send(KEY, send)  # another process
    assert again == first == Sender()()
    assert send.mails == 1


def test_the_record_is_in_the_one_table_and_outlives_every_queue(table: DynamoDBClient) -> None:
    once(table).send(KEY, Sender())
    (record,) = records(table)
    assert record["pk"] == {"S": "IDEMPOTENCY"}
    assert record["sk"]["S"].startswith("deliver#")
    fourteen_days = 14 * 24 * 3600
    assert int(record["expires_at"]["N"]) > time.time() + fourteen_days
    assert KEEP_SECONDS >= 7 * 24 * 3600


@pytest.mark.parametrize(
    "other",
    [
        mail_key("notice", "lead-1", CALL_AT, "rep@seller.example"),
        mail_key("brief", "lead-2", CALL_AT, "rep@seller.example"),
        mail_key("brief", "lead-1", NOW, "rep@seller.example"),
    ],
)
def test_another_kind_lead_or_call_is_another_mail(table: DynamoDBClient, other: dict[str, str]) -> None:
    send = Sender()
    once(table).send(KEY, send)
    once(table).send(other, send)
    assert send.mails == 2


@pytest.mark.parametrize("error", [MailRefused("no"), MailUnavailable("later"), RuntimeError("a defect")])
def test_a_mail_that_was_not_sent_leaves_no_record(table: DynamoDBClient, error: Exception) -> None:
    with pytest.raises(type(error)):
        once(table).send(KEY, Sender(error))
    assert records(table) == []
    assert once(table).send(KEY, Sender()).message_id == "ses-1"


def test_while_one_invocation_sends_another_waits(table: DynamoDBClient) -> None:
    second = Sender()

    class First(Sender):
        def __call__(self) -> BriefSent:
            with pytest.raises(MailUnavailable, match="another invocation"):
                once(table).send(KEY, second)
            return super().__call__()

    once(table).send(KEY, First())
    assert second.mails == 0


def test_a_killed_invocation_blocks_only_until_its_own_time_out(table: DynamoDBClient) -> None:
    with pytest.raises(Killed):
        once(table, left_ms=300).send(KEY, Sender(Killed()))
    with pytest.raises(MailUnavailable, match="another invocation"):
        once(table).send(KEY, Sender())
    time.sleep(0.35)
    assert once(table).send(KEY, Sender()).message_id == "ses-1"


def test_a_sent_mail_whose_record_fails_counts_as_sent(table: DynamoDBClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr(table, "update_item", down)
    send = Sender()
    assert once(table).send(KEY, send).message_id == "ses-1"
    assert send.mails == 1


def test_without_the_table_nothing_is_sent(table: DynamoDBClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_: object) -> None:
        raise EndpointConnectionError(endpoint_url="https://dynamodb")

    monkeypatch.setattr(table, "put_item", down)
    send = Sender()
    with pytest.raises(StorageUnavailable):
        once(table).send(KEY, send)
    assert send.mails == 0


def test_a_record_of_powertools_counts_and_is_the_same(table: DynamoDBClient) -> None:
    """Its idempotency kept these records before: an update of Precall mails nothing again."""
    sender, config = Sender(), IdempotencyConfig(expires_after_seconds=KEEP_SECONDS)
    config.register_lambda_context(cast(LambdaContext, InTime()))
    kept_by_powertools = idempotent_function(
        lambda *, key: sender(),
        data_keyword_argument="key",
        persistence_store=DynamoDBPersistenceLayer(
            table_name="facts", key_attr="pk", sort_key_attr="sk", static_pk_value="IDEMPOTENCY",
            expiry_attr="expires_at", boto3_client=table,
        ),
        config=config,
        output_serializer=PydanticSerializer(BriefSent),
        key_prefix="deliver",
    )  # fmt: skip
    sent = kept_by_powertools(key=KEY)
    (before,) = records(table)
    assert once(table).send(KEY, sender) == sent
    assert sender.mails == 1
    table.delete_item(TableName="facts", Key={name: before[name] for name in ("pk", "sk")})
    assert once(table).send(KEY, sender).message_id == "ses-2"
    (after,) = records(table)
    assert (after.keys(), after["sk"]) == (before.keys(), before["sk"])
    assert kept_by_powertools(key=KEY).message_id == "ses-2"
    assert sender.mails == 2
