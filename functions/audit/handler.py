"""audit's two functions: `record` appends the bus's events to the trail, `pages` shows them."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from audit.bootstrap import recorder
from audit.routes import app, logger, metrics, tracer
from precall.inbox import opened

processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def record(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """The messages that failed come back from the queue, and end among its dead letters."""
    metrics.add_metric("EventsReceived", MetricUnit.Count, len(event["Records"]))
    return process_partial_response(event=event, record_handler=append, processor=processor, context=context)


def append(record: SQSRecord) -> None:
    """One message; an exception leaves it in the queue."""
    with opened(record.body, logger) as event:
        recorder().record(event)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def pages(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """A lead's trail or its brief, for who holds the lead's link."""
    return app.resolve(event, context)
