"""Bursts: what is said these days against what is usual for the account, from its own history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import log2
from typing import Literal

from precall.model import Mention

RECENT_DAYS = 2
"""Today and yesterday are held against the days before."""
LEAST_DAYS = 7
"""Earlier days from which something is usual."""
LEAST_TEXTS = 3
"""Texts on them; fewer say only that little is said."""
LONGEST_DAYS = 180
"""Days of history that still tell what is usual."""
ONE_MORE = 1.0
"""Added to both sides, so that one mention after a silent month is no burst (Laplace)."""
NO_BURST = "no burst"
EIGHT_TIMES = 3.0
"""log2 of the ratio that fills the scale."""


@dataclass(frozen=True)
class History:
    """Independent texts a day (UTC) about an account, as earlier researches counted them; empty at its first lead."""

    days: Mapping[date, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Usual:
    """What is usual for an account: independent texts a day, and what it was told from."""

    normal: float | None
    normal_from: Literal["history", "window"] | None


def per_day(firsts: Iterable[Mention]) -> Counter[date]:
    """Independent texts on each day (UTC): `firsts` are the mentions that had each text first."""
    return Counter(each.published_at.date() for each in firsts if each.published_at)


def window_days(now: datetime, days: int) -> list[date]:
    """The days of the window, oldest first; the last is that of `now`, not yet over."""
    return [(now - timedelta(days=ago)).date() for ago in range(days - 1, -1, -1)]


def usual(counts: Mapping[date, int], days: Iterable[date], now: datetime, history: History) -> Usual:
    """The mean a day before the last two, over the window's `days` and, where there is one, the history.

    A day that this research saw counts as it saw it now. None where too little lies before.
    """
    last = now.date() - timedelta(days=RECENT_DAYS)
    first = now.date() - timedelta(days=LONGEST_DAYS)
    known = {**history.days, **{day: counts.get(day, 0) for day in days}}
    earlier = [number for day, number in known.items() if first <= day <= last]
    if len(earlier) < LEAST_DAYS or sum(earlier) < LEAST_TEXTS:
        return Usual(None, None)
    return Usual(sum(earlier) / len(earlier), "history" if history.days else "window")


def ratio(recent: float, normal: float) -> float:
    """How many times the usual number the last two days have, one added to both."""
    return (recent + ONE_MORE) / (normal * RECENT_DAYS + ONE_MORE)


def burst(recent: int, found: Usual) -> tuple[float | None, str]:
    """A story's burst in 0…1, 1 from eight times what is usual for the whole account, and its clause; None: unknown."""
    if found.normal is None:
        return None, "what is usual is not known yet"
    value = min(1.0, max(0.0, log2(ratio(recent, found.normal)) / EIGHT_TIMES))
    if not value:
        return 0.0, NO_BURST
    texts = "1 text" if recent == 1 else f"{recent} texts"
    return value, f"{texts} in {RECENT_DAYS} days, {found.normal * RECENT_DAYS:.1f} usual about them"


def recent(firsts: Iterable[Mention], now: datetime) -> int:
    """How many of the texts are of the last two days."""
    last = now.date() - timedelta(days=RECENT_DAYS)
    return sum(number for day, number in per_day(firsts).items() if day > last)
