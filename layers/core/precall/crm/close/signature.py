"""Close's signature: hex(HMAC-SHA256(bytes.fromhex(signature key), timestamp + body)).

Source: https://developer.close.com/topics/webhooks/ (webhook signatures).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence

from precall.crm.compare import one_equals
from precall.crm.errors import SignatureRefused
from precall.crm.port import WebhookRequest
from precall.errors import InvalidConfiguration
from precall.secrets import CLOSE_WEBHOOK

OLDEST = 73 * 3600
"""Seconds. Close sends an event again for 72 hours and does not say that it signs it anew; what is replayed within
that time is absorbed by the lead's id."""
NEWEST = 5 * 60
"""Seconds that a timestamp may be ahead of this clock."""

_HASH, _TIME = "close-sig-hash", "close-sig-timestamp"


def signature(key: str, timestamp: str, body: bytes) -> str:
    """What Close sends as close-sig-hash; ValueError when `key` is not hexadecimal."""
    return hmac.new(bytes.fromhex(key), timestamp.encode(errors="replace") + body, hashlib.sha256).hexdigest()


def check_signature(request: WebhookRequest, keys: Sequence[str]) -> None:
    """Nothing when one of the signature keys signed the request; SignatureRefused otherwise."""
    given, timestamp = request.headers.get(_HASH), request.headers.get(_TIME, "")
    if not given:
        raise SignatureRefused(f"{_HASH}: is missing")
    if not re.fullmatch("[0-9]{1,12}", timestamp):
        raise SignatureRefused(f"{_TIME}: is not a number of seconds since 1970")
    age = request.received_at.timestamp() - int(timestamp)
    if not -NEWEST <= age <= OLDEST:
        raise SignatureRefused(f"{_TIME}: is more than {'73 hours old' if age > 0 else '5 minutes in the future'}")
    try:
        expected = [signature(key, timestamp, request.body) for key in keys]
    except ValueError:
        raise InvalidConfiguration(f"the secret {CLOSE_WEBHOOK} is not Close's signature_key, in hexadecimal") from None
    if not one_equals(given, expected):
        raise SignatureRefused(f"{_HASH}: does not match; check that the secret is this subscription's signature_key")
