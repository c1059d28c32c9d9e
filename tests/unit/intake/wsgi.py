"""intake's handler as a WSGI application: what API Gateway makes of a request, and signed as its sender would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from intake import handler as intake_handler
from tests.unit.crm.deliveries import generic_headers
from tests.unit.intake.gateway import Context, sample

Start = Callable[[str, list[tuple[str, str]]], Any]


def app(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Answers one request."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    answer = intake_handler.handler(_event(environ, body), Context())
    status = answer["statusCode"]
    headers = [(name, values[0]) for name, values in answer["multiValueHeaders"].items()]
    start(f"{status} {HTTPStatus(status).phrase}", headers)
    return [answer["body"].encode()]


def _event(environ: dict[str, Any], body: bytes) -> dict[str, Any]:
    text = body.decode(errors="replace")
    headers = {"Content-Type": environ.get("CONTENT_TYPE", ""), **generic_headers(text.encode())}
    event = sample("webhook_generic")
    return event | {
        "path": environ["PATH_INFO"].removeprefix("/live"),
        "httpMethod": environ["REQUEST_METHOD"],
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "body": text,
    }
