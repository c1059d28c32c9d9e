"""Requests as API Gateway hands them over: the sample events, with a fresh body and signature."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from tests.unit.crm.deliveries import as_body, generic_headers, hubspot_headers

EVENTS = Path(__file__).parents[3] / "events"
HUBSPOT_URL = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com/live/webhooks/hubspot"


class Context(LambdaContext):
    """What Powertools' logger looks at."""

    _function_name = "intake"
    _memory_limit_in_mb = 256
    _invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:intake"
    _aws_request_id = "lambda-request-1"


def sample(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return found


def with_headers(event: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
    """The event with `headers` in place of those of the same name in any case."""
    names = {name.lower() for name in headers}
    kept = {name: value for name, value in event["headers"].items() if name.lower() not in names}
    together = kept | headers
    return event | {"headers": together, "multiValueHeaders": {name: [value] for name, value in together.items()}}


def posted(crm: str, payload: Any, headers: dict[str, str]) -> dict[str, Any]:
    event = sample(f"webhook_{crm}")
    return with_headers(event | {"body": as_body(payload).decode()}, headers)


def generic(payload: Any, **signing: Any) -> dict[str, Any]:
    return posted("generic", payload, generic_headers(as_body(payload), **signing))


def hubspot(payload: Any, **signing: Any) -> dict[str, Any]:
    return posted("hubspot", payload, hubspot_headers(as_body(payload), url=HUBSPOT_URL, **signing))


def in_base64(event: dict[str, Any]) -> dict[str, Any]:
    return event | {"body": base64.b64encode(event["body"].encode()).decode(), "isBase64Encoded": True}
