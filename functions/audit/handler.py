"""audit's two functions: `record` appends the bus's events to the trail, `pages` shows them."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from audit.instruments import logger, metrics, tracer
from audit.recorder_bootstrap import again, recorder
from precall.errors import Transient
from precall.inbox import Failures, Message, each, opened


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def record(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue, and end among its dead letters."""
    metrics.add_metric("EventsReceived", MetricUnit.Count, len(event["Records"]))
    return each(event, append)


def append(message: Message) -> None:
    """One message; an exception leaves it in the queue, which brings it soon where the trouble may pass: who looks at a
    call should see what is so."""
    try:
        with opened(message.body, logger) as event:
            recorder().record(event)
    except Transient:
        again().soon(message)
        raise


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def pages(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """A lead's trail or its brief, for who holds the lead's link."""
    from audit.routes import app  # pages and their templates, of which recording needs nothing

    return app.resolve(event, context)
