"""SQS brings `erasure.asked` from the bus, in a queue of its own: whom a CRM told to forget is erased."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from forget.bootstrap import bootstrap
from precall.errors import BudgetSpent
from precall.events import ErasureAsked
from precall.inbox import Failures, Message, Unreadable, each, opened
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("forget")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue; the others are done."""
    metrics.add_metric("ErasuresAsked", MetricUnit.Count, len(event["Records"]))
    return each(event, forget)


def forget(message: Message) -> None:
    """One message; an exception leaves it in the queue: for an hour where this one has had its erasures, else for a
    moment that grows."""
    try:
        _forget(message)
    except BudgetSpent:
        metrics.add_metric("ErasuresPostponed", MetricUnit.Count, 1)
        bootstrap().again.next_hour(message)
        raise
    except Exception:
        bootstrap().again.soon(message)
        raise


def _forget(message: Message) -> None:
    with opened(message.body, logger) as event:
        if not isinstance(event, ErasureAsked):
            raise Unreadable(f"{event.type} is not for forget; correct the rule of the bus")
        report = bootstrap().step.forget(event)
        metrics.add_metric("PeopleErased", MetricUnit.Count, int(report is not None))
        logger.info("erased" if report else "nothing to erase", extra={"counts": report.counts if report else {}})
