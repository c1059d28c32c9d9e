"""How recent: exponential decay, halved every half-life; what has no date gets a low constant."""

from __future__ import annotations

from datetime import datetime

from precall.clock import age

UNDATED = 0.05
"""Less than anything inside a window of four half-lives gets; an undated story never wins by its age."""
_DAY = 24 * 3600.0


def recency(seen: datetime | None, now: datetime, half_life_days: float) -> float:
    """2^(−age / half-life) in 0…1 for a story last seen at `seen`; `UNDATED` without a date."""
    if seen is None:
        return UNDATED
    days = max(0.0, (now - seen).total_seconds() / _DAY)
    return float(2.0 ** (-days / half_life_days))


def because(seen: datetime | None, now: datetime) -> str:
    """ "3 h old", or "undated"."""
    return "undated" if seen is None else f"{age(seen, now)} old"
