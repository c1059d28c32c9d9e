"""What the pages read of a request, and how they answer it."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from audit.instruments import metrics
from audit.render import Answer
from audit.sign_in import COOKIE


def query(event: APIGatewayProxyEvent) -> dict[str, str]:
    """The first value of each parameter in the address."""
    return {name: values[0] for name, values in event.resolved_query_string_parameters.items() if values}


def form(event: APIGatewayProxyEvent) -> dict[str, str]:
    """The first value of each field of a form that was sent."""
    try:
        sent = parse_qs(event.decoded_body or "")
    except ValueError:
        return {}
    return {name: values[0] for name, values in sent.items()}


def address(event: APIGatewayProxyEvent) -> str:
    """Where the page is for who asked for it, without its query: behind any domain and stage."""
    scheme = event.headers.get("X-Forwarded-Proto") or "http"  # API Gateway always says it, the local stack does not
    return f"{scheme}://{event.headers.get('Host')}{event.request_context.path}"


def cookie(event: APIGatewayProxyEvent) -> str | None:
    """The session's secret, if the browser has one."""
    try:
        found = SimpleCookie(event.headers.get("Cookie") or "").get(COOKIE)
    except CookieError:
        return None
    return found.value if found and found.value else None


def response(answer: Answer) -> Response[str]:
    """As the gateway takes it; counted."""
    metrics.add_metric("PagesShown" if answer.status < 400 else "PagesRefused", MetricUnit.Count, 1)
    return Response(answer.status, answer.content_type, answer.body, headers=dict(answer.headers))
