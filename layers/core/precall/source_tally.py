"""What is counted of how the sources answered, in a day or a week. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from precall.model.call import Answered

BOUNDS_MS = (100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 8000, 15000)
"""What answers are sorted by: the first bound that an answer kept; one more place for those that kept none."""


class SourceCount(NamedTuple):
    """How one source answered; `within` counts its answers by `BOUNDS_MS`."""

    source: str
    asked: int = 0
    failed: int = 0
    mentions: int = 0
    within: Sequence[int] = (0,) * (len(BOUNDS_MS) + 1)

    def quantile_ms(self, share: float) -> int | None:
        """The bound that this share of the answers kept; None without answers, or when it is beyond every bound."""
        wanted, seen = share * sum(self.within), 0
        for bound, number in zip(BOUNDS_MS, self.within, strict=False):
            seen += number
            if seen and seen >= wanted:
                return bound
        return None


def counted(answer: Answered) -> SourceCount:
    """One answer."""
    failed = answer.state == "failed"
    place = bisect_left(BOUNDS_MS, answer.took_ms)
    within = [int(place == number and not failed) for number in range(len(BOUNDS_MS) + 1)]
    return SourceCount(answer.source, 1, int(failed), answer.mentions, within)


def added_sources(counts: Iterable[SourceCount]) -> list[SourceCount]:
    """Counts of each source as one."""
    found: dict[str, list[SourceCount]] = defaultdict(list)
    for one in counts:
        found[one.source].append(one)
    return [
        SourceCount(
            source,
            sum(one.asked for one in some),
            sum(one.failed for one in some),
            sum(one.mentions for one in some),
            [sum(column) for column in zip(*(one.within for one in some), strict=True)],
        )
        for source, some in found.items()
    ]
