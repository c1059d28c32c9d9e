"""Posts a properly signed webhook, as a CRM would."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
from standardwebhooks import Webhook

from cli.home import Problem


def signed(
    secret: str, payload: object, message_id: str | None = None, at: datetime | None = None
) -> tuple[dict[str, str], bytes]:
    """Headers and body of `payload` (bytes: as they are) signed by the Standard Webhooks scheme (1.0.0) with a
    `whsec_…` secret, now or `at` the time of a clock that is wrong."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
    now = at or datetime.now(UTC)
    name = message_id or f"msg_{uuid4().hex}"
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, now, body.decode()),
    }
    return headers, body


def post_lead(api: str, secret: str, payload: dict[str, Any]) -> str:
    """Send one lead to `{api}/leads`; its id. Problem with the API's own words when it is refused."""
    answer = _post(api, secret, payload)
    if answer.is_error:
        raise Problem(f"the lead was refused with HTTP status {answer.status_code}: {_words(answer)}")
    return str(answer.json()["accepted"][0]["id"])


def post_leads(api: str, secret: str, payloads: list[dict[str, Any]]) -> dict[str, Any]:
    """Send at most 100 leads to `{api}/leads`; the answer, which says of each whether it was accepted or rejected.
    Problem when the delivery as a whole is refused."""
    answer = _post(api, secret, {"leads": payloads})
    if answer.is_error and answer.status_code != httpx.codes.UNPROCESSABLE_ENTITY:
        raise Problem(f"the leads were refused with HTTP status {answer.status_code}: {_words(answer)}")
    return dict(answer.json())


def _post(api: str, secret: str, payload: object) -> httpx.Response:
    headers, body = signed(secret, payload)
    try:
        return httpx.post(f"{api}/leads", headers=headers, content=body, timeout=30, trust_env=False)
    except httpx.HTTPError as error:
        raise Problem(f"{api} does not answer ({error}); is the stack up? `precall status` says") from None


def _words(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("error") or answer.json().get("message") or answer.text)
    except ValueError:
        return answer.text[:300]
