"""SQS brings `brief.ready` from the bus, in a queue of its own: the CRM gets the brief as a note. And
`note.erasure_asked`: the note of somebody who was erased goes again."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from precall.events import BriefReady, Event, NoteErasureAsked
from precall.inbox import Failures, Message, Unreadable, each, opened
from precall.telemetry import telemetry
from writeback.bootstrap import bootstrap
from writeback.logic import Told as Written
from writeback.taking_back import Told as TakenBack

logger, tracer, metrics = telemetry("writeback")
TRIES = 5
"""As many as the queue makes (`maxReceiveCount`) before a message is set aside."""
_METRICS = {"brief.written_back": "WrittenBack", "note.erased": "NotesErased", "note.erasure_failed": "NotesNotErased"}


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue; the others are done."""
    metrics.add_metric("WriteBacksAsked", MetricUnit.Count, len(event["Records"]))
    return each(event, write)


def write(message: Message) -> None:
    """One message; an exception leaves it in the queue."""
    with opened(message.body, logger) as event:
        for one in _done(event, last_try=message.tries >= TRIES):
            metrics.add_metric(_METRICS.get(one.type, "WriteBacksFailed"), MetricUnit.Count, 1)
            logger.info(one.type, extra={"research_id": one.research_id, "crm": one.crm})


def _done(event: Event, *, last_try: bool) -> tuple[Written | TakenBack, ...]:
    match event:
        case BriefReady():
            return bootstrap().step.write(event, last_try=last_try)
        case NoteErasureAsked():
            return bootstrap().back.take_back(event, last_try=last_try)
    raise Unreadable(f"{event.type} is not for writeback; correct the rule of the bus")
