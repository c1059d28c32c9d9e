"""What queues bring: batches of messages, most with one whole EventBridge event each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

from aws_lambda_powertools import Logger
from pydantic import BaseModel, ConfigDict, ValidationError

from precall.errors import Permanent, PrecallError
from precall.events import Event, parse_event
from precall.telemetry import correlate

Failures = dict[str, list[dict[str, str]]]
"""What Lambda is told: the messages that stay in their queue."""


class Message(NamedTuple):
    """One message of a queue. `tries` counts how often it was brought, now included."""

    id: str
    body: str
    receipt_handle: str = ""
    source_arn: str = ""
    tries: int = 1

    @classmethod
    def of(cls, record: dict[str, Any]) -> Self:
        """The message in a record of Lambda's event."""
        tries = int(record.get("attributes", {}).get("ApproximateReceiveCount") or 1)
        return cls(
            record["messageId"],
            record["body"],
            record.get("receiptHandle", ""),
            record.get("eventSourceARN", ""),
            tries,
        )


def each(event: dict[str, Any], take: Callable[[Message], None]) -> Failures:
    """Every message of a batch through `take`, which raises where the queue must bring it again; the others are done.

    Powertools' processor does the same, and costs each cold start 0.1 s.
    """
    failed = []
    for message in map(Message.of, event["Records"]):
        try:
            take(message)
        except Exception:  # `take` has logged it
            failed.append(message.id)
    return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}


class _Envelope(BaseModel):
    """Of EventBridge's envelope only `detail` is read."""

    model_config = ConfigDict(defer_build=True)

    detail: dict[str, object]


class Unreadable(Permanent):
    """A message that holds no event of Precall. The text names the wrong fields, never their content."""


def event_in(body: str) -> Event:
    """The event in the `body` of an SQS message that a rule of the bus filled; Unreadable."""
    try:
        return parse_event(_Envelope.model_validate_json(body).detail)
    except ValidationError as error:
        wrong = "; ".join(f"{_path(e['loc'])}: {e['type']}" for e in error.errors(include_input=False))
        raise Unreadable(f"a message without an event of Precall ({wrong})") from None


@contextmanager
def opened(body: str, logger: Logger) -> Iterator[Event]:
    """The event in a message, with its ids in every line of the log.

    Where the block fails, the log says why and the error goes on: the batch then leaves the message in its queue,
    which brings it again and, in the end, sets it aside among the dead letters.
    """
    logger.set_correlation_id(None)
    try:
        event = event_in(body)
        correlate(logger, event.correlation_id)
        with logger.append_context_keys(lead_id=event.lead_id, event_id=event.id):
            yield event
    except PrecallError as error:
        logger.warning("the message stays in its queue: %s", error, extra={"error": type(error).__name__})
        raise
    except Exception:
        logger.exception("the message stays in its queue: a defect")
        raise


def _path(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc) or "message"
