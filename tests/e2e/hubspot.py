"""HubSpot's deliveries to a deployed stack, signed as it signs them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlsplit

import httpx

from precall.secrets import HUBSPOT_CLIENT
from tests.e2e.conftest import Deployed


def tells(deployed: Deployed, kind: str, contact: str) -> httpx.Response:
    """The answer to an event of this kind about a contact."""
    event = {
        "eventId": 1, "subscriptionId": 12345, "portalId": 62515, "occurredAt": int(time.time() * 1000),
        "subscriptionType": kind, "attemptNumber": 0, "objectId": int(contact),
        "changeSource": "CRM", "changeFlag": "NEW", "appId": 54321,
    }  # fmt: skip
    body = json.dumps([event]).encode()
    return deployed.send("hubspot", _headers(deployed, body), body)


def _headers(deployed: Deployed, body: bytes) -> dict[str, str]:
    timestamp = str(int(time.time() * 1000))
    host = urlsplit(deployed.local.endpoint).netloc  # the gateway sees its own stage, not the emulator's prefix
    signed = f"POSThttps://{host}/live/webhooks/hubspot".encode() + body + timestamp.encode()
    secret = deployed.home.secrets()[HUBSPOT_CLIENT].encode()
    return {
        "content-type": "application/json",
        "x-hubspot-request-timestamp": timestamp,
        "x-hubspot-signature-v3": base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode(),
    }
