"""The deliveries in `events/`, as the adapters get them, with the secrets that they were made with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from precall.crm import Batch, Lenience, WebhookRequest, adapter

EVENTS = Path(__file__).parents[3] / "events"
PATH = "c0ffee5e4d1f4b7e9a2d6f31"
OTHER_PATH = "0123456789abcdef"
AT = datetime(2026, 3, 12, 8, 10, tzinfo=UTC)
CLOSE_KEY = "058bfb6a3d8cfdc4da7c3be5901b16ae11da982b46a25fb2cd7016e97a140a1c"
KEYS = {
    "salesforce": f"{PATH}:00D5Y000001MPM7",
    "pipedrive": f"{PATH}:precall:correct-horse",
    "close": CLOSE_KEY,
    "zoho": f"{PATH}:precall-6f31c0ffee5e4d1f4b7e9a2d",
}


def delivery(crm: str, body: Any = None, *, path: str | None = None, **headers: str) -> WebhookRequest:
    """The sample; with another body, path or headers where given ("_" in names stands for "-")."""
    event = json.loads((EVENTS / f"webhook_{crm}.json").read_text())
    sent = event["body"] if body is None else body
    given = {name.lower(): value for name, value in event["headers"].items()}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    return WebhookRequest(
        method="POST",
        url=f"https://api.example.com/live{event['path']}",
        headers=given,
        body=sent if isinstance(sent, bytes) else (sent if isinstance(sent, str) else json.dumps(sent)).encode(),
        received_at=AT,
        correlation_id="correlation-1",
        path=(event["pathParameters"].get("path", "") if path is None else path),
    )


def sample_body(crm: str) -> Any:
    return json.loads(delivery(crm).body)


def verify(request: WebhookRequest, crm: str, *keys: str) -> None:
    adapter(crm).verify(request, keys or (KEYS[crm],), Lenience())


def parse(request: WebhookRequest, crm: str) -> Batch:
    return adapter(crm).parse(request)
