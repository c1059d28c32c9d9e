"""The figures of call prep, told from what was counted (`precall.tally`). Pure."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import sqrt

from precall.tally import Group, entries


@dataclass(frozen=True)
class Share:
    """A part of a whole, with the 95 % interval of Wilson (1927): for few calls it is honestly wide."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval's ends; None of nothing."""
        if not self.whole:
            return None
        z, n, p = 1.959964, self.whole, self.part / self.whole
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))


def prepared(group: Group) -> Share:
    """The calls that were prepared, of all."""
    return Share(group.acknowledged, sum(group.states))


def successes(group: Group) -> dict[bool, Share]:
    """The calls with a known outcome that succeeded, prepared (True) and not: no proof of a cause."""
    return {
        True: Share(group.prepared_good, group.prepared_told),
        False: Share(group.others_good, group.others_told),
    }


def reasons(group: Group) -> list[tuple[str, str, int]]:
    """Why calls were late, failed or missing: state, reason, how many, the most frequent first."""
    counted = sorted(entries(group.reasons).items(), key=lambda each: (-each[1], each[0]))
    return [(state, why, number) for entry, number in counted for state, _, why in [entry.partition(":")]]


def middle(minutes: str) -> float | None:
    """The median of a group's minutes; None of none. Many are of few values: those are sorted, not all."""
    counted = sorted((int(entry), number) for entry, number in entries(minutes).items())
    seen = list(accumulate(number for _, number in counted))
    if not seen:
        return None
    places = ((seen[-1] - 1) // 2, seen[-1] // 2)
    low, high = (counted[bisect_right(seen, place)][0] for place in places)
    return (low + high) / 2


def percent(share: Share) -> str:
    """ "63 %"; a dash for nothing."""
    return "–" if share.value is None else f"{share.value:.0%}".replace("%", " %")


def interval(share: Share) -> str:
    """ "48–76 %"; a dash for nothing."""
    return f"{share.interval[0] * 100:.0f}–{share.interval[1] * 100:.0f} %" if share.interval else "–"


def span(minutes: float | None) -> str:
    """A median as people say it: "47 min", "9 h", "3 days"."""
    if minutes is None:
        return "–"
    if minutes < 120:
        return f"{minutes:.0f} min"
    return f"{minutes / 60:.0f} h" if minutes < 2880 else f"{minutes / 1440:.0f} days"


def week_of(day: date) -> date:
    """The Monday of a day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())
