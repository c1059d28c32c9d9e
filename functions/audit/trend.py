"""The share of prepared calls over weeks, as an inline SVG; the table behind it tells the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from precall.figures import Share

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 180, 64, 24


@dataclass(frozen=True)
class Dot:
    """A week in the plot; `top` and `low` are the interval's ends."""

    x: float
    y: float
    top: float
    low: float
    label: str
    title: str


def dots(weeks: Sequence[tuple[date, Share]]) -> list[Dot]:
    """Where each week that had calls lies in a plot of `WIDTH` by `HEIGHT`; 0 % at the bottom, 100 % at the top."""
    step = (WIDTH - LEFT - 24) / max(1, len(weeks) - 1)
    return [
        Dot(
            x=round(LEFT + 10 + number * step, 1),
            y=_y(share.value),
            top=_y(share.interval[1]),
            low=_y(share.interval[0]),
            label=f"{week:%d %b}",
            title=f"Week of {week:%d %b %Y}: {share.part} of {share.whole} calls prepared",
        )
        for number, (week, share) in enumerate(weeks)
        if share.value is not None and share.interval is not None
    ]


def _y(value: float) -> float:
    return round(10 + (1 - value) * (HEIGHT - BOTTOM - 10), 1)
