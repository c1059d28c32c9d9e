"""Leads that are given to reps put their accounts on the watch list, a schedule takes those that are due, and the
workflow of a look ends here."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from listen.bootstrap import hearing, scheduled, watching
from listen.watching import Noted
from precall.inbox import Failures, Message, Unreadable, each, opened
from precall.model import ResearchTask
from precall.telemetry import correlate, telemetry

logger, tracer, metrics = telemetry("listen")


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def watch(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue; the others are done."""
    return each(event, note)


def note(message: Message) -> None:
    """One message; an exception leaves it in the queue."""
    with opened(message.body, logger) as event:
        if not isinstance(event, Noted):
            raise Unreadable(f"{event.type} is not for listen; correct the rule of the bus")
        metrics.add_metric("AccountsWatched", MetricUnit.Count, watching().note(event))


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def look(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Every quarter of an hour: accounts that are due are asked about, alerts that wait are asked to be mailed."""
    looking, digests = scheduled()
    told = {"asked": looking.look(), "digests": digests.ask()}
    metrics.add_metric("LooksAsked", MetricUnit.Count, told["asked"])
    metrics.add_metric("DigestsAsked", MetricUnit.Count, told["digests"])
    return told


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def hear(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """The last step of a look: what is new and high is told."""
    task = ResearchTask.model_validate(event)
    correlate(logger, task.correlation_id)
    logger.append_keys(lead_id=task.lead_id, research_id=task.research_id)
    heard = hearing().hear(task)
    metrics.add_metric("StoriesHeard", MetricUnit.Count, heard)
    logger.info("heard", extra={"stories": heard})
    return {"heard": heard}
