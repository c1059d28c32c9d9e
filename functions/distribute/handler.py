"""SQS brings from the bus what a lead's rep and call time depend on: the lead itself, and later changes."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from distribute.bootstrap import bootstrap
from precall.errors import PrecallError, Transient
from precall.inbox import Failures, Message, each, event_in
from precall.telemetry import correlate, telemetry

logger, tracer, metrics = telemetry("distribute")
_METRICS = {"lead.assigned": "LeadsAssigned", "lead.rejected": "LeadsRejected", "lead.queued": "LeadsQueued"}


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue, all of them if need be; the others are done."""
    metrics.add_metric("LeadsToDistribute", MetricUnit.Count, len(event["Records"]))
    return each(event, distribute)


def distribute(message: Message) -> None:
    """One message; an exception leaves it in the queue, which brings it soon where the trouble may pass."""
    try:
        _distribute(message)
    except PrecallError as error:
        logger.warning("not distributed, the queue brings it again: %s", error, extra={"error": type(error).__name__})
        if isinstance(error, Transient):
            bootstrap().again.soon(message)
        raise
    except Exception:
        logger.exception("not distributed: a defect")
        raise
    finally:
        logger.remove_keys(["lead_id", "correlation_id"])  # they are this message's, not the next one's


def _distribute(message: Message) -> None:
    event = event_in(message.body)
    correlate(logger, event.correlation_id)
    logger.append_keys(lead_id=event.lead_id)
    outcome = bootstrap().take(event, message.tries)
    metrics.add_metric(_METRICS.get(outcome, "AssignmentsChanged"), MetricUnit.Count, 1)
    logger.info(outcome)
