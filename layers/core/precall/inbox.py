"""What a queue brings from the bus: one whole EventBridge event per SQS message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from aws_lambda_powertools import Logger
from pydantic import BaseModel, ValidationError

from precall.errors import Permanent, PrecallError
from precall.events import AnyEvent, parse_event


class _Message(BaseModel):
    """Of EventBridge's envelope only `detail` is read; Powertools' model of it would cost each cold start 0.2 s."""

    detail: dict[str, object]


class Unreadable(Permanent):
    """A message that holds no event of Precall. The text names the wrong fields, never their content."""


def event_in(body: str) -> AnyEvent:
    """The event in the `body` of an SQS message that a rule of the bus filled; Unreadable."""
    try:
        return parse_event(_Message.model_validate_json(body).detail)
    except ValidationError as error:
        wrong = "; ".join(f"{_path(e['loc'])}: {e['type']}" for e in error.errors(include_input=False))
        raise Unreadable(f"a message without an event of Precall ({wrong})") from None


@contextmanager
def opened(body: str, logger: Logger) -> Iterator[AnyEvent]:
    """The event in a message, with its ids in every line of the log.

    Where the block fails, the log says why and the error goes on: the batch then leaves the message in its queue,
    which brings it again and, in the end, sets it aside among the dead letters.
    """
    logger.set_correlation_id(None)
    try:
        event = event_in(body)
        logger.set_correlation_id(event.correlation_id)
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
