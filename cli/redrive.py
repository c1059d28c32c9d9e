"""Dead letters: what waits in the queues of last resort, and sending it on its way again.

Every step may see an event twice without harm, so a redrive is at least once: sent first, removed after.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from cli.deployment import Deployment
from cli.home import Problem
from precall.bus import SOURCE

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_OUTPUT = "DeadLettersUrl"
_HELD = 120  # seconds in which nobody else is handed a message that we hold


@dataclass(frozen=True)
class DeadLetter:
    """One message that could not be handled; `came_from` is the ARN of its queue, None where a rule sent it."""

    queue: str
    url: str
    receipt: str
    body: str
    came_from: str | None
    received: int

    @cached_property
    def event(self) -> dict[str, Any]:
        """The EventBridge envelope; empty when the body is none of Precall's."""
        try:
            event = json.loads(self.body)
        except ValueError:
            return {}
        ours = isinstance(event, dict) and event.get("source") == SOURCE and isinstance(event.get("detail"), dict)
        return event if ours and "detail-type" in event else {}

    def __str__(self) -> str:
        what = self.event.get("detail-type", "no event of Precall's")
        lead = self.event.get("detail", {}).get("lead_id")
        return f"{self.queue}: {what}" + (f", lead {lead}" if lead else "") + f", tried {self.received} times"


class DeadLetters:
    """The dead-letter queues of a deployment: those whose addresses its outputs name."""

    def __init__(self, deployment: Deployment) -> None:
        self._sqs: SQSClient = deployment.client("sqs")
        self._events: EventBridgeClient = deployment.client("events")
        outputs = deployment.outputs()
        self._bus = outputs["BusName"]
        self._urls = {
            name.removesuffix(_OUTPUT).lower(): url for name, url in outputs.items() if name.endswith(_OUTPUT)
        }

    def counts(self) -> dict[str, int]:
        """About how many messages wait, by queue."""
        return {queue: self._count(url) for queue, url in self._urls.items()}

    def take(self, only: str | None = None) -> Iterator[DeadLetter]:
        """Each waiting message once; others do not see it for two minutes. Problem when there is no queue `only`."""
        if only is not None and only not in self._urls:
            raise Problem(f"there is no dead-letter queue {only!r}; there are {', '.join(sorted(self._urls))}")
        for queue, url in self._urls.items():
            if only in {None, queue}:
                while found := self._receive(url):
                    yield from (_letter(queue, url, message) for message in found)

    def put_back(self, letter: DeadLetter) -> None:
        """Let it wait on, visible at once."""
        self._sqs.change_message_visibility(QueueUrl=letter.url, ReceiptHandle=letter.receipt, VisibilityTimeout=0)

    def redrive(self, letter: DeadLetter) -> str | None:
        """Send it where it failed, and remove it here; the reason when that is not possible: then it waits on."""
        try:
            failed = self._send(letter)
        except (ClientError, BotoCoreError) as error:
            failed = str(error)
        if failed:
            self.put_back(letter)
            return failed
        self._sqs.delete_message(QueueUrl=letter.url, ReceiptHandle=letter.receipt)
        return None

    def _send(self, letter: DeadLetter) -> str | None:
        if letter.came_from:
            url = self._sqs.get_queue_url(QueueName=letter.came_from.rsplit(":", 1)[1])["QueueUrl"]
            self._sqs.send_message(QueueUrl=url, MessageBody=letter.body)
            return None
        return self._publish(letter.event) if letter.event else "it is no event of Precall's"

    def _publish(self, event: dict[str, Any]) -> str | None:
        entry = {"EventBusName": self._bus, "Source": SOURCE, "DetailType": event["detail-type"]}
        answer = self._events.put_events(Entries=[{**entry, "Detail": json.dumps(event["detail"])}])  # type: ignore[typeddict-item]
        return answer["Entries"][0].get("ErrorMessage") if answer["FailedEntryCount"] else None

    def _count(self, url: str) -> int:
        answer = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
        return int(answer["Attributes"]["ApproximateNumberOfMessages"])

    def _receive(self, url: str) -> list[MessageTypeDef]:
        return self._sqs.receive_message(
            QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=_HELD, MessageSystemAttributeNames=["All"]
        ).get("Messages", [])


def _letter(queue: str, url: str, message: MessageTypeDef) -> DeadLetter:
    attributes = message.get("Attributes", {})
    came_from = attributes.get("DeadLetterQueueSourceArn")
    tried = int(attributes.get("ApproximateReceiveCount", "1"))
    return DeadLetter(queue, url, message["ReceiptHandle"], message["Body"], came_from, tried)
