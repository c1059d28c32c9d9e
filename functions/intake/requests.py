"""From API Gateway's REST proxy event to a `WebhookRequest`: the raw body, the address as called, a correlation id."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote, urlencode

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from intake.errors import BodyTooLarge, UnsupportedContentType
from precall.crm import MalformedBody, Media, WebhookRequest

MOST_BYTES = 1_000_000
"""The longest body that is taken."""

_MEDIA: dict[Media, re.Pattern[str]] = {
    "json": re.compile(r"application/(?:[\w.+-]+\+)?json", re.IGNORECASE),
    "calendar": re.compile(r"text/calendar|application/json", re.IGNORECASE),
    "xml": re.compile(r"(?:text|application)/(?:[\w.+-]+\+)?xml", re.IGNORECASE),
}
_WANTED: dict[Media, str] = {
    "json": "application/json; send JSON",
    "xml": "text/xml; send XML",
    "calendar": "text/calendar or application/json; send an iCalendar object, or JSON,",
}
_SANE_ID = re.compile(r"[A-Za-z0-9._:-]{8,64}")


def webhook_request(
    event: APIGatewayProxyEvent,
    received_at: datetime,
    *,
    media: Media = "json",
    path: str = "",
    development: bool,
) -> WebhookRequest:
    """The delivery in `event`, which came to the secret `path`; UnsupportedContentType, BodyTooLarge, MalformedBody."""
    headers = {name.lower(): value for name, value in event.headers.items()}
    content_type = headers.get("content-type", "").partition(";")[0].strip()
    if not _MEDIA[media].fullmatch(content_type):
        raise UnsupportedContentType(f"content-type: is not {_WANTED[media]} and say so")
    return WebhookRequest(
        method=event.http_method,
        url=_url(event, headers.get("host", "")),
        headers=headers,
        body=_raw_body(event),
        received_at=received_at,
        correlation_id=correlation_id(event),
        path=path,
        development=development,
    )


def correlation_id(event: APIGatewayProxyEvent) -> str:
    """The caller's X-Correlation-Id where it looks like an id, else API Gateway's request id."""
    given = event.headers.get("x-correlation-id") or ""
    return given if _SANE_ID.fullmatch(given) else request_id(event)


def request_id(event: APIGatewayProxyEvent) -> str:
    """API Gateway's id of the request, which its access log shows too."""
    return event.request_context.request_id or ""


def _raw_body(event: APIGatewayProxyEvent) -> bytes:
    body = (event.get("body") or "").encode(errors="surrogatepass")
    if event.get("isBase64Encoded"):
        try:
            body = base64.b64decode(body, validate=True)
        except binascii.Error:
            raise MalformedBody("the body is not the base64 that it is marked as") from None
    if len(body) > MOST_BYTES:
        raise BodyTooLarge(f"the body has {len(body):,} bytes; send at most {MOST_BYTES:,}, in several requests")
    return body


def _url(event: APIGatewayProxyEvent, host: str) -> str:
    """The address that was called: the domain and the path, stage included, that API Gateway was reached at."""
    context = event["requestContext"]
    query = urlencode(list(_parameters(event)), quote_via=quote)
    return f"https://{context.get('domainName') or host}{context['path']}{'?' if query else ''}{query}"


def _parameters(event: APIGatewayProxyEvent) -> Iterator[tuple[str, str]]:
    """API Gateway gives them decoded; each name's values in order."""
    for name, values in (event.get("multiValueQueryStringParameters") or {}).items():
        for value in values:
            yield name, value
