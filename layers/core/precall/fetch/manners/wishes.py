"""What servers say about asking them again: Retry-After, the rate-limit headers of APIs, Stack Exchange's `backoff`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""Seconds: a longer wish is a mistake."""


def wished(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that an answer of 4xx or 5xx asks to wait (`headers` with lower-case names); None where it does not say.

    Retry-After (RFC 9110, 10.2.3), else `x-ratelimit-reset` where `x-ratelimit-remaining` is 0: in seconds since the
    epoch (GitHub) or as an ISO 8601 moment (Mastodon).
    """
    said = retry_after(headers.get("retry-after"), now)
    if said is None and headers.get("x-ratelimit-remaining", "").strip() == "0":
        said = _until(headers.get("x-ratelimit-reset", "").strip(), now)
    return said


def retry_after(header: str | None, now: datetime) -> float | None:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3: a number or a date); None where it says neither."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return _seconds(moment, now)


def backoff(body: bytes) -> float | None:
    """Seconds of the `backoff` in a Stack Exchange answer (api.stackexchange.com/docs/throttle), where it has one."""
    if b'"backoff"' not in body:
        return None
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    said = answer.get("backoff") if isinstance(answer, dict) else None
    return float(said) if isinstance(said, int) and said > 0 else None


def _until(text: str, now: datetime) -> float | None:
    if text.isascii() and text.isdigit() and len(text) < 12:
        return max(0.0, float(text) - now.timestamp())
    try:
        return _seconds(datetime.fromisoformat(text), now)
    except ValueError:
        return None


def _seconds(moment: datetime, now: datetime) -> float:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
