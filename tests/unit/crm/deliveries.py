"""Webhooks as CRMs send them, for the tests of adapters."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from standardwebhooks import Webhook

from precall.crm import WebhookRequest
from precall.crm.hubspot.signature import signature_v1, signature_v3

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ROTATED = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
CLIENT_SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
URL = "https://api.example.com/live/webhooks/hubspot"

LEAD = {
    "company": {"name": "Tarnmoor Logistics", "domain": "tarnmoor.example"},
    "contact": {"name": "Ines Hartog", "email": "ines@tarnmoor.example", "title": "COO"},
}


def request(
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    url: str = URL,
    at: datetime | None = None,
    development: bool = False,
) -> WebhookRequest:
    return WebhookRequest(
        method="POST",
        url=url,
        headers=headers or {"webhook-id": "msg_1"},
        body=body,
        received_at=at or datetime.now(UTC),
        correlation_id="correlation-1",
        development=development,
    )


def as_body(payload: Any) -> bytes:
    return payload if isinstance(payload, bytes) else json.dumps(payload).encode()


def generic_headers(
    body: bytes, *, secret: str = SECRET, age: timedelta = timedelta(), message_id: str = "msg_1"
) -> dict[str, str]:
    signed_at = datetime.now(UTC) - age
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(signed_at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, signed_at, body.decode(errors="replace")),
    }


def hubspot_headers(
    body: bytes, *, url: str = URL, secret: str = CLIENT_SECRET, age: timedelta = timedelta()
) -> dict[str, str]:
    """A real delivery carries v1 and v3 together."""
    timestamp = str(int((datetime.now(UTC) - age).timestamp() * 1000))
    return {
        "x-hubspot-request-timestamp": timestamp,
        "x-hubspot-signature-v3": signature_v3(secret, "POST", url, body, timestamp),
        "x-hubspot-signature": signature_v1(secret, body),
        "x-hubspot-signature-version": "v1",
    }


def contact_created(object_id: int = 123, **fields: Any) -> dict[str, Any]:
    return {
        "eventId": 1,
        "subscriptionId": 12345,
        "portalId": 62515,
        "occurredAt": 1564113600000,
        "subscriptionType": "contact.creation",
        "attemptNumber": 0,
        "objectId": object_id,
        "changeSource": "CRM",
        "changeFlag": "NEW",
        "appId": 54321,
        **fields,
    }
