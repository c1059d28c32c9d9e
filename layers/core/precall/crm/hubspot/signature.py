"""HubSpot's request signatures: v3, and the older v2 and v1.

Source: https://developers.hubspot.com/docs/api/webhooks/validating-requests and HubSpot's own client libraries.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime

from precall.crm.compare import one_equals
from precall.crm.errors import SignatureRefused
from precall.crm.port import WebhookRequest

WINDOW_MS = 5 * 60 * 1000
"""How far a v3 timestamp may be from now, either way, in milliseconds."""

_V3, _TIME, _OLDER = "x-hubspot-signature-v3", "x-hubspot-request-timestamp", "x-hubspot-signature"
_VERSION = "x-hubspot-signature-version"
_DECODED = re.compile("%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", re.IGNORECASE)


def signature_v3(secret: str, method: str, uri: str, body: bytes, timestamp: str) -> str:
    """base64(HMAC-SHA256(secret, METHOD + URI + body + timestamp)); of the URI only the listed escapes are decoded."""
    plain = _DECODED.sub(lambda escape: chr(int(escape[0][1:], 16)), uri)
    signed = f"{method}{plain}".encode() + body + timestamp.encode(errors="replace")
    return base64.b64encode(hmac.digest(secret.encode(), signed, "sha256")).decode()


def signature_v1(secret: str, body: bytes) -> str:
    """hex(SHA-256(secret + body))."""
    return hashlib.sha256(secret.encode() + body).hexdigest()


def signature_v2(secret: str, method: str, uri: str, body: bytes) -> str:
    """hex(SHA-256(secret + METHOD + URI + body)), the URI as it was called."""
    return hashlib.sha256(f"{secret}{method}{uri}".encode() + body).hexdigest()


def check_signature(request: WebhookRequest, keys: Sequence[str], *, accept_older: bool) -> None:
    """Nothing when one of the client secrets `keys` signed the request; SignatureRefused otherwise.

    Where v3 is there it decides. v2 and v1 count only with `accept_older`: neither covers the time, so they can be
    replayed, which the lead's id absorbs.
    """
    headers = request.headers
    if given := headers.get(_V3):
        timestamp = headers.get(_TIME, "")
        _check_fresh(timestamp, request.received_at)
        expected = [signature_v3(key, request.method, request.url, request.body, timestamp) for key in keys]
    else:
        given = _given_older(request, accept_older)
        expected = [_older(key, request) for key in keys]
    if not one_equals(given, expected):
        raise SignatureRefused("the signature does not match; check that the client secret is this app's")


def _given_older(request: WebhookRequest, accept_older: bool) -> str:
    given = request.headers.get(_OLDER)
    if not given:
        raise SignatureRefused(f"{_V3}: is missing")
    if not accept_older:
        raise SignatureRefused(f"{_V3}: is missing; v1 and v2 count only with HubSpotSignatureV1=yes in the deployment")
    if _version(request) not in ("v1", "v2"):
        raise SignatureRefused(f"{_VERSION}: only v1, v2 and v3 signatures are taken")
    return given


def _older(key: str, request: WebhookRequest) -> str:
    if _version(request) == "v2":
        return signature_v2(key, request.method, request.url, request.body)
    return signature_v1(key, request.body)


def _version(request: WebhookRequest) -> str:
    return request.headers.get(_VERSION, "v1")


def _check_fresh(timestamp: str, now: datetime) -> None:
    if not re.fullmatch("[0-9]{1,16}", timestamp):
        raise SignatureRefused(f"{_TIME}: is not a number of milliseconds since 1970")
    age = now.timestamp() * 1000 - int(timestamp)
    if abs(age) > WINDOW_MS:
        raise SignatureRefused(f"{_TIME}: is more than 5 minutes {'old' if age > 0 else 'in the future'}")
