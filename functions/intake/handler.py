"""API Gateway brings what is sent to Precall.

`POST /webhooks/{crm}`, `/webhooks/{crm}/{path}` (its secret path): a CRM's webhook. `POST /leads`, `/activities` and
`/invitations`: leads, activities and invitations to calls from any tool, signed by the generic scheme.
"""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from intake import answers
from intake.bootstrap import bootstrap
from intake.requests import correlation_id, webhook_request
from precall.clock import utc_now
from precall.crm import WebhookRefused, adapter
from precall.telemetry import correlate, telemetry

logger, tracer, metrics = telemetry("intake")
app = APIGatewayRestResolver()


@app.post("/leads")
def take_lead() -> Response[str]:
    """Leads from any tool: the generic webhook under the name of what it takes."""
    return take("generic")


@app.post("/activities")
def log() -> Response[str]:
    """Activities from any tool."""
    correlate(logger, correlation_id(app.current_event))
    wiring = bootstrap()
    done = wiring.activities.receive(webhook_request(app.current_event, utc_now(), development=wiring.development))
    metrics.add_metric("ActivitiesLogged", MetricUnit.Count, done.logged)
    logger.info("activities logged", extra={"logged": done.logged, "leads": done.leads, "rejected": len(done.rejected)})
    return answers.logged(done, app.current_event)


@app.post("/invitations")
def invite() -> Response[str]:
    """Invitations to leads' calls, as calendar programs attach them."""
    correlate(logger, correlation_id(app.current_event))
    wiring = bootstrap()
    request = webhook_request(app.current_event, utc_now(), media="calendar", development=wiring.development)
    taken = wiring.invitations.receive(request)
    metrics.add_metric("InvitationsTaken", MetricUnit.Count, len(taken.leads))
    logger.info("invitations taken", extra={"leads": taken.leads, "rejected": len(taken.rejected)})
    return answers.invited(taken, app.current_event)


@app.post("/webhooks/<crm>")
@app.post("/webhooks/<crm>/<path>")
def take(crm: str, path: str = "") -> Response[str]:
    """One delivery."""
    correlate(logger, correlation_id(app.current_event))
    known, wiring = adapter(crm), bootstrap()
    request = webhook_request(
        app.current_event, utc_now(), media=known.media, path=path, development=wiring.development
    )
    receipt = wiring.intake.receive(known, request)
    metrics.add_metric("LeadsAccepted", MetricUnit.Count, receipt.fresh)
    metrics.add_metric("LeadsRejected", MetricUnit.Count, len(receipt.rejected))
    counts = {"accepted": receipt.accepted, "fresh": receipt.fresh, "skipped": receipt.skipped}
    logger.info("delivery taken", extra={"crm": crm, **counts, "rejected": len(receipt.rejected)})
    return answers.taken(known, receipt, app.current_event)


@app.exception_handler(Exception)  # type: ignore[untyped-decorator]
def refuse(error: Exception) -> Response[str]:
    """Any other end of a delivery."""
    answer = answers.refused(error, app.current_event)
    metrics.add_metric("WebhooksRefused", MetricUnit.Count, 1)
    if isinstance(error, WebhookRefused | NotFoundError):
        logger.info("delivery refused", extra={"error": type(error).__name__, "status": answer.status_code})
    else:
        logger.exception("delivery not taken", extra={"status": answer.status_code})
    return answer


@logger.inject_lambda_context(clear_state=True, correlation_id_path=correlation_paths.API_GATEWAY_REST)
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """The answer to one request."""
    return app.resolve(event, context)
