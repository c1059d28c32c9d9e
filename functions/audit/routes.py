"""The API's routes to the pages. Neither the request nor its token is ever logged."""

from __future__ import annotations

from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.metrics import MetricUnit

from audit.bootstrap import pages
from audit.pages import Asked
from audit.render import Answer, message
from precall.telemetry import telemetry

logger, tracer, metrics = telemetry("audit")
app = APIGatewayRestResolver()


@app.get("/leads/<lead_id>")
def trail(lead_id: str) -> Response[str]:
    """A lead's trail."""
    return _response(pages().trail(_asked(lead_id)))


@app.get("/leads/<lead_id>/brief")
def brief(lead_id: str) -> Response[str]:
    """A lead's brief."""
    return _response(pages().brief(_asked(lead_id)))


@app.post("/leads/<lead_id>/brief")
def say(lead_id: str) -> Response[str]:
    """What the reader of a brief says of it, from the page's forms."""
    said = parse_qs(app.current_event.decoded_body or "")
    return _response(pages().say(_asked(lead_id), said.get("action", [""])[0]))


def failed(error: Exception) -> Response[str]:
    """A page instead of the gateway's bare 502; the log has the cause."""
    logger.exception("a page failed")
    return _response(message(500, "Something is broken", "The cause is in the log; please tell who runs Precall."))


app.exception_handler(Exception)(failed)


def _asked(lead_id: str) -> Asked:
    accept = app.current_event.headers.get("Accept") or ""
    tokens = app.current_event.resolved_query_string_parameters.get("token") or [""]
    return Asked(lead_id, tokens[0], "application/json" in accept and "text/html" not in accept)


def _response(answer: Answer) -> Response[str]:
    metrics.add_metric("PagesShown" if answer.status == 200 else "PagesRefused", MetricUnit.Count, 1)
    return Response(answer.status, answer.content_type, answer.body, headers=dict(answer.headers))
