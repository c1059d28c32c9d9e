"""Comparing secrets."""

from __future__ import annotations

import hmac
from collections.abc import Iterable


def same(given: str, expected: str) -> bool:
    """Whether two texts are equal, compared in constant time, whatever characters they have."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode(errors="replace"))


def one_equals(given: str, expected: Iterable[str]) -> bool:
    """Whether one of `expected` is `given`. In constant time: no comparison ends early, and none is left out."""
    matches = [same(given, one) for one in expected]
    return any(matches)
