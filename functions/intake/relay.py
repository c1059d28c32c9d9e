"""SQS brings what Salesforce's Event Relay put on the partner bus: one change event a message."""

from __future__ import annotations

import json
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from intake.bootstrap import bootstrap
from precall.clock import utc_now
from precall.crm import WebhookRequest
from precall.crm.salesforce.relay import batch_of
from precall.inbox import Failures, Message, each
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("intake")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue, all of them if need be; the others are done."""
    metrics.add_metric("EventsRelayed", MetricUnit.Count, len(event["Records"]))
    return each(event, take)


def take(message: Message) -> None:
    """One relayed event; an exception leaves it in the queue."""
    request = WebhookRequest(
        method="POST",
        url=message.source_arn,
        headers={},
        body=message.body.encode(),
        received_at=utc_now(),
        correlation_id=message.id,
    )
    try:
        receipt = bootstrap().intake.keep("salesforce", batch_of(json.loads(message.body), request), request)
    except Exception:
        logger.exception("relayed event not taken, the queue brings it again")
        raise
    metrics.add_metric("LeadsAccepted", MetricUnit.Count, receipt.fresh)
    logger.info("relayed event taken", extra={"accepted": receipt.accepted, "skipped": receipt.skipped})
