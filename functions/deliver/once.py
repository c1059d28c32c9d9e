"""Once per lead, call and rep: Powertools' idempotency around the one function that mails.

What was sent is kept as the event (`BriefSent`) itself, so that a redelivery publishes the very same event again.
A mail that was not sent (an exception) leaves no record: it may be sent later. While a mail is under way its record
expires with the invocation (`register_lambda_context`), so that a killed invocation blocks nothing for longer.
SES knows no idempotency token: when its answer is lost, the mail may go out twice rather than never.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
    IdempotencyInconsistentStateError,
    IdempotencyPersistenceLayerError,
)
from aws_lambda_powertools.utilities.idempotency.serialization.pydantic import PydanticSerializer
from aws_lambda_powertools.utilities.typing import LambdaContext

from precall.errors import MailUnavailable, StorageUnavailable
from precall.model._base import Model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEEP_SECONDS = 30 * 24 * 3600
"""For how long a mail is remembered: longer than a message can wait in a queue (4 days) and its dead letters (14)."""

M = TypeVar("M", bound=Model)


def mail_key(kind: str, lead_id: str, call_at: datetime, to: str) -> dict[str, str]:
    """What makes a mail the same mail: its kind ("brief", "notice", …), the lead, the time of the call and the rep."""
    return {"kind": kind, "lead_id": lead_id, "call_at": call_at.isoformat(), "to": to.casefold()}


class Once(Protocol[M]):
    """The port. What `send` returns is kept: an `M`."""

    def send(self, key: dict[str, str], send: Callable[[], M]) -> M:
        """What `send` returned the first time it did under `key`; MailUnavailable while it is under way elsewhere."""


class IdempotentOnce(Generic[M]):
    """Records in the facts' table, below `IDEMPOTENCY`. Errors: MailUnavailable, StorageUnavailable."""

    def __init__(self, client: DynamoDBClient, table: str, kept: type[M]) -> None:
        self._config = IdempotencyConfig(raise_on_no_idempotency_key=True, expires_after_seconds=KEEP_SECONDS)
        self._run: Callable[..., M] = idempotent_function(
            _run,
            data_keyword_argument="key",
            persistence_store=DynamoDBPersistenceLayer(
                table_name=table,
                key_attr="pk",
                sort_key_attr="sk",
                static_pk_value="IDEMPOTENCY",
                expiry_attr="expires_at",
                boto3_client=client,
            ),
            config=self._config,
            output_serializer=PydanticSerializer(kept),
            key_prefix="deliver",
        )

    def begin(self, context: LambdaContext) -> None:
        """A new invocation, with its own time-out."""
        self._config.register_lambda_context(context)

    def time_left_ms(self) -> int:
        """How long this invocation may still run; nothing before `begin`."""
        return self._config.lambda_context.get_remaining_time_in_millis() if self._config.lambda_context else 0

    def send(self, key: dict[str, str], send: Callable[[], M]) -> M:
        """See `Once.send`."""
        sent: list[M] = []

        def remembered() -> M:
            sent.append(send())
            return sent[0]

        try:
            return self._run(key=key, send=remembered)
        except IdempotencyAlreadyInProgressError as error:
            raise MailUnavailable("another invocation is sending this mail; it is looked at again later") from error
        except (IdempotencyPersistenceLayerError, IdempotencyInconsistentStateError) as error:
            if sent:  # the mail is out and only its record is missing: a failure now would send it again
                return sent[0]
            raise StorageUnavailable(f"DynamoDB did not serve the record of a mail: {error}") from error


def _run(*, key: dict[str, str], send: Callable[[], M]) -> M:
    return send()
