"""SQS brings `brief.ready` and `research.failed` from the bus, and `brief.due` from a call's schedules: the rep gets a
mail before the call.

Another queue brings what SES tells about the mails that are out.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import ValidationError

from deliver.bootstrap import bootstrap
from precall.errors import PrecallError, Transient
from precall.events import BriefDue, BriefReady, BriefSent, Event, ResearchFailed
from precall.inbox import Failures, Message, Unreadable, each, opened
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("deliver")
_METRICS = {"brief.sent": "BriefsSent", "brief.relayed": "BriefsRelayed", "brief.missed": "BriefsMissed"}


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> Failures:
    """The messages that failed come back from the queue; the others are done."""
    metrics.add_metric("DeliveriesAsked", MetricUnit.Count, len(event["Records"]))
    bootstrap().begin(context)
    return each(event, deliver)


def deliver(message: Message) -> None:
    """One message; an exception leaves it in the queue, which brings it soon where the trouble may pass: a call is
    near."""
    try:
        _deliver(message)
    except Transient:
        bootstrap().again.soon(message)
        raise


def _deliver(message: Message) -> None:
    with opened(message.body, logger) as event:
        if not isinstance(event, BriefReady | ResearchFailed | BriefDue):
            _escalate(event)
            return
        outcome = bootstrap().dispatch.take(event)
        if isinstance(event, ResearchFailed):
            from deliver.spent import tell_if_spent

            tell_if_spent(bootstrap().managers, event)
        name = outcome.type if outcome else "nothing to send"
        metrics.add_metric(_METRICS.get(name, "BriefsWaiting"), MetricUnit.Count, 1)
        metrics.add_metric("ResearchesFailed", MetricUnit.Count, int(isinstance(event, ResearchFailed)))
        if isinstance(outcome, BriefSent):
            metrics.add_metric("MinutesBeforeCall", MetricUnit.Count, outcome.minutes_before_call)
        logger.info(name, extra={"research_id": getattr(outcome, "research_id", None)})


def _escalate(event: Event) -> None:
    from precall.events import LeadEscalated

    if not isinstance(event, LeadEscalated):
        raise Unreadable(f"{event.type} is not for deliver; correct the rule of the bus")
    bootstrap().escalation.tell(event)


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def mail_told(event: dict[str, Any], context: LambdaContext) -> Failures:
    """What SES tells about mails; the messages that failed come back from the queue."""
    bootstrap().begin(context)
    return each(event, told)


def told(message: Message) -> None:
    """One message; an exception leaves it in the queue. The address is never logged."""
    from deliver.mail_feedback import told_in

    try:
        feedback = told_in(message.body)
        bootstrap().returned.told(feedback)
        metrics.add_metric(f"Mail{feedback.type}", MetricUnit.Count, 1)
    except PrecallError as error:
        logger.warning("the message stays in its queue: %s", error, extra={"error": type(error).__name__})
        raise


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def posted(event: dict[str, Any], context: LambdaContext) -> Failures:
    """What the manager's pages and listening ask to be mailed; the messages that failed come back from the queue."""
    bootstrap().begin(context)
    return each(event, post)


def post(message: Message) -> None:
    """One message; an exception leaves it in the queue. The address is never logged."""
    from precall.post import WISH, AlertsAsked

    try:
        wish = WISH.validate_json(message.body)
    except ValidationError:
        raise Unreadable("a message without a wish of the pages") from None
    metrics.add_metric("MailsAsked", MetricUnit.Count, 1)
    try:
        if isinstance(wish, AlertsAsked):
            metrics.add_metric("StoriesAlerted", MetricUnit.Count, bootstrap().alerts.send(wish))
        else:
            bootstrap().post_office.send(wish)
    except PrecallError as error:  # what SES says of a refused mail has the address in it
        logger.warning("the message stays in its queue", extra={"error": type(error).__name__})
        raise


@logger.inject_lambda_context(clear_state=True)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def agenda(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    """Every quarter of an hour: the day's calls to each rep whose morning it is, the figures to managers."""
    bootstrap().begin(context)
    sent = bootstrap().agenda.send_due()
    metrics.add_metric("AgendasDue", MetricUnit.Count, sent)
    digests = bootstrap().digest.send_due()
    metrics.add_metric("DigestsDue", MetricUnit.Count, digests)
    return {"due": sent, "digests": digests}
