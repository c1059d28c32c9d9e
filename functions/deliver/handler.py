"""SQS brings `brief.ready` and `research.failed` from the bus; the rep gets a mail before the call."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from deliver.bootstrap import bootstrap
from precall.events import BriefReady, BriefSent, ResearchFailed
from precall.inbox import Unreadable, opened
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("deliver")
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """The messages that failed come back from the queue; the others are done."""
    metrics.add_metric("DeliveriesAsked", MetricUnit.Count, len(event["Records"]))
    bootstrap().once.begin(context)
    return process_partial_response(event=event, record_handler=deliver, processor=processor, context=context)


def deliver(record: SQSRecord) -> None:
    """One message; an exception leaves it in the queue."""
    with opened(record.body, logger) as event:
        if not isinstance(event, BriefReady | ResearchFailed):
            raise Unreadable(f"{event.type} is not for deliver; correct the rule of the bus")
        outcome = bootstrap().delivery.deliver(event)
        metrics.add_metric("BriefsSent" if isinstance(outcome, BriefSent) else "BriefsMissed", MetricUnit.Count, 1)
        logger.info(outcome.type, extra={"research_id": outcome.research_id})
