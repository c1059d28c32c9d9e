"""Once per lead, call and rep: a record around the one function that mails.

What was sent is kept as the event (`BriefSent`) itself, so that a redelivery publishes the very same event again.
A mail that was not sent (an exception) leaves no record: it may be sent later. While a mail is under way its record
expires with the invocation, so that a killed invocation blocks nothing for longer.
SES knows no idempotency token: when its answer is lost, the mail may go out twice rather than never.

Records are as Powertools' idempotency writes them, which did so here before; importing it costs a tenth of what Python
with boto3 takes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import md5
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code
from precall.errors import MailUnavailable, StorageUnavailable
from precall.model._base import Model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEEP_SECONDS = 30 * 24 * 3600
"""For how long a mail is remembered: longer than a message can wait in a queue (4 days) and its dead letters (14)."""
_FREE = (
    "attribute_not_exists(pk) OR expires_at < :now"
    " OR (#status = :inprogress AND in_progress_expiration < :now_in_millis)"
)

M = TypeVar("M", bound=Model)


def mail_key(kind: str, lead_id: str, call_at: datetime, to: str) -> dict[str, str]:
    """What makes a mail the same mail: its kind ("brief", "notice", …), the lead, the time of the call and the rep."""
    return {"kind": kind, "lead_id": lead_id, "call_at": call_at.isoformat(), "to": to.casefold()}


class Once(Protocol[M]):
    """The port. What `send` returns is kept: an `M`."""

    def send(self, key: dict[str, str], send: Callable[[], M]) -> M:
        """What `send` returned the first time it did under `key`; MailUnavailable while it is under way elsewhere."""


class IdempotentOnce(Generic[M]):
    """Records in the facts' table, below `IDEMPOTENCY`. `time_left_ms` says how long this invocation may still run.

    Errors: MailUnavailable, StorageUnavailable.
    """

    def __init__(self, client: DynamoDBClient, table: str, kept: type[M], time_left_ms: Callable[[], int]) -> None:
        self._client = client
        self._table = table
        self._kept = kept
        self._time_left_ms = time_left_ms

    def send(self, key: dict[str, str], send: Callable[[], M]) -> M:
        """See `Once.send`."""
        place = _place(key)
        before = self._begin(place)
        if before:
            return self._sent(before)
        try:
            sent = send()
        except Exception:
            self._forget(place)
            raise
        self._keep(place, sent)
        return sent

    def _begin(self, place: dict[str, Any]) -> Mapping[str, Any] | None:
        """None where the mail is now ours to send; else the record of who was before."""
        now = time.time()
        try:
            self._client.put_item(
                TableName=self._table,
                Item={
                    **place,
                    "status": {"S": "INPROGRESS"},
                    "expires_at": _number(now + KEEP_SECONDS),
                    "in_progress_expiration": _number(now * 1000 + self._time_left_ms()),
                },
                ConditionExpression=_FREE,
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={
                    ":now": _number(now),
                    ":now_in_millis": _number(now * 1000),
                    ":inprogress": {"S": "INPROGRESS"},
                },
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error_code(error) == "ConditionalCheckFailedException":
                return cast("Mapping[str, Any]", error.response.get("Item") or {"status": {"S": "INPROGRESS"}})
            raise _unserved(error) from error
        except BotoCoreError as error:
            raise _unserved(error) from error
        return None

    def _sent(self, record: Mapping[str, Any]) -> M:
        if record["status"]["S"] != "COMPLETED":
            raise MailUnavailable("another invocation is sending this mail; it is looked at again later")
        return self._kept.model_validate_json(record["data"]["S"])

    def _forget(self, place: dict[str, Any]) -> None:
        try:
            self._client.delete_item(TableName=self._table, Key=place)
        except (ClientError, BotoCoreError) as error:
            raise _unserved(error) from error

    def _keep(self, place: dict[str, Any], sent: M) -> None:
        try:
            self._client.update_item(
                TableName=self._table,
                Key=place,
                UpdateExpression="SET #data = :data, expires_at = :until, #status = :completed",
                ExpressionAttributeNames={"#data": "data", "#status": "status"},
                ExpressionAttributeValues={
                    ":data": {"S": sent.model_dump_json()},
                    ":until": _number(time.time() + KEEP_SECONDS),
                    ":completed": {"S": "COMPLETED"},
                },
            )
        except (ClientError, BotoCoreError):
            return  # the mail is out and only its record is missing: a failure now would send it again


def _place(key: dict[str, str]) -> dict[str, Any]:
    digest = md5(json.dumps(key, sort_keys=True).encode(), usedforsecurity=False).hexdigest()
    return {"pk": {"S": "IDEMPOTENCY"}, "sk": {"S": f"deliver#{digest}"}}


def _number(value: float) -> dict[str, Any]:
    return {"N": str(int(value))}


def _unserved(error: BaseException) -> StorageUnavailable:
    return StorageUnavailable(f"DynamoDB did not serve the record of a mail: {error}")
