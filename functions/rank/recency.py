"""How recent: exponential decay, halved every half-life of the kind of place; what has no date gets nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from precall.clock import age
from precall.config import HalfLives
from precall.model import Kind, Mention

UNDATED = 0.0
"""An undated story never wins by its age."""
_DAY = 24 * 3600.0


def freshest(firsts: Iterable[Mention], now: datetime, half_lives: HalfLives) -> tuple[float, str]:
    """The freshness of a story in 0…1 and its clause, from the mentions that had each of its texts first.

    So a story is revived by every new independent text, and not by one more copy of an old one.
    """
    dated = [(recency(each.published_at, now, half_life(each.kind, half_lives)), each) for each in firsts]
    value, best = max(dated, key=lambda pair: (pair[0], _seconds(pair[1].published_at), pair[1].id))
    return value, because(best.published_at, now)


def half_life(kind: Kind, half_lives: HalfLives) -> float:
    """The days after which something of this kind is half as fresh."""
    return float(getattr(half_lives, kind.value))


def recency(seen: datetime | None, now: datetime, half_life_days: float) -> float:
    """2^(−age / half-life) in 0…1 for a story last seen at `seen`; `UNDATED` without a date."""
    if seen is None:
        return UNDATED
    days = max(0.0, (now - seen).total_seconds() / _DAY)
    return float(2.0 ** (-days / half_life_days))


def because(seen: datetime | None, now: datetime) -> str:
    """ "3 h old", or "undated"."""
    return "undated" if seen is None else f"{age(seen, now)} old"


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
