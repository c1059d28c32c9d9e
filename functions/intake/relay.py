"""SQS brings what Salesforce's Event Relay put on the partner bus: one change event a message."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from intake.bootstrap import bootstrap
from precall.clock import utc_now
from precall.crm import WebhookRequest
from precall.crm.salesforce.relay import batch_of
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("intake")
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """The messages that failed come back from the queue, all of them if need be; the others are done."""
    metrics.add_metric("EventsRelayed", MetricUnit.Count, len(event["Records"]))
    return process_partial_response(event=event, record_handler=take, processor=processor, context=context)


def take(record: SQSRecord) -> None:
    """One relayed event; an exception leaves it in the queue."""
    request = WebhookRequest(
        method="POST",
        url=record.event_source_arn,
        headers={},
        body=record.body.encode(),
        received_at=utc_now(),
        correlation_id=record.message_id,
    )
    try:
        receipt = bootstrap().intake.keep("salesforce", batch_of(json.loads(record.body), request), request)
    except Exception:
        logger.exception("relayed event not taken, the queue brings it again")
        raise
    metrics.add_metric("LeadsAccepted", MetricUnit.Count, receipt.fresh)
    logger.info("relayed event taken", extra={"accepted": receipt.accepted, "skipped": receipt.skipped})
