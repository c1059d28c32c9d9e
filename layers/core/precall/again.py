"""Trying a message again soon: after a passing trouble a queue would keep it away for its whole visibility timeout."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code
from precall.inbox import Message

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

logger = logging.getLogger(__name__)

FIRST, LONGEST = 5, 180
"""Seconds: each try waits twice as long as the one before, at most as long as the queue itself would."""
HOUR = 3600


class Again:
    """Sets the wait of messages in one queue; without a `queue_url` it leaves them alone."""

    def __init__(self, client: SQSClient, queue_url: str | None) -> None:
        self._client = client
        self._queue_url = queue_url

    def soon(self, message: Message) -> None:
        """Let the queue bring `message` again after a moment. Where that fails, it brings it later by itself."""
        self._after(message, min(FIRST * 2 ** (min(message.tries, 10) - 1), LONGEST))

    def next_hour(self, message: Message) -> None:
        """Let the queue bring `message` again in an hour."""
        self._after(message, HOUR)

    def _after(self, message: Message, seconds: int) -> None:
        if not self._queue_url:
            return
        try:
            self._client.change_message_visibility(
                QueueUrl=self._queue_url, ReceiptHandle=message.receipt_handle, VisibilityTimeout=seconds
            )
        except (ClientError, BotoCoreError) as error:
            logger.warning("a message is not brought sooner", extra={"error": error_code(error)})
