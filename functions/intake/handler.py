"""API Gateway brings a CRM's webhook to `POST /webhooks/{crm}`, or to `/webhooks/{crm}/{path}` with a secret path."""

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
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("intake")
app = APIGatewayRestResolver()


@app.post("/webhooks/<crm>")
@app.post("/webhooks/<crm>/<path>")
def take(crm: str, path: str = "") -> Response[str]:
    """One delivery."""
    logger.set_correlation_id(correlation_id(app.current_event))
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
