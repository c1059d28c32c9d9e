"""SQS brings `brief.ready` from the bus, in a queue of its own: the CRM gets the brief as a note."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from precall.events import BriefReady
from precall.inbox import Failures, Message, Unreadable, each, opened
from precall.telemetry import telemetry
from writeback.bootstrap import bootstrap

logger, tracer, metrics = telemetry("writeback")
TRIES = 5
"""As many as the queue makes (`maxReceiveCount`) before a message is set aside."""


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
        if not isinstance(event, BriefReady):
            raise Unreadable(f"{event.type} is not for writeback; correct the rule of the bus")
        last_try = message.tries >= TRIES
        for told in bootstrap().write(event, last_try=last_try):
            metrics.add_metric("WrittenBack" if told.type == "brief.written_back" else "WriteBacksFailed", "Count", 1)
            logger.info(told.type, extra={"research_id": told.research_id, "crm": told.crm})
