"""Average-link clustering (UPGMA, Sokal & Michener 1958) of groups that lie near each other in time.

The average of the similarities between two groups is the dot product of their mean vectors, so a group is kept as the
sum of its texts' vectors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

WINDOW, SPAN = timedelta(days=4), timedelta(days=14)
"""News goes on while no gap is longer than the window, and is other news after the span."""

Matrix = NDArray[np.float32]
Numbers = NDArray[np.float64]
_NEVER = np.float32(-np.inf)


@dataclass
class Groups:
    """Groups of texts: the sums of their vectors, shape (groups, width), their sizes, first and last moments, members.

    A group without a date has `first` ∞ and `last` −∞, in seconds.
    """

    sums: Matrix
    sizes: Numbers
    first: Numbers
    last: Numbers
    members: list[list[int]]

    def taken(self, chosen: Sequence[int]) -> Groups:
        """Those with these numbers."""
        rows = np.array(chosen, dtype=np.intp)
        return Groups(
            self.sums[rows], self.sizes[rows], self.first[rows], self.last[rows], [self.members[i] for i in chosen]
        )

    def joined(self, other: Groups) -> Groups:
        """These and `other`."""
        pairs = ((self.sizes, other.sizes), (self.first, other.first), (self.last, other.last))
        sizes, first, last = (np.concatenate(pair) for pair in pairs)
        return Groups(np.concatenate([self.sums, other.sums]), sizes, first, last, self.members + other.members)

    def merge(self, one: int, other: int) -> None:
        """Group `other` becomes part of `one`."""
        self.sums[one] += self.sums[other]
        self.sizes[one] += self.sizes[other]
        self.first[one] = min(self.first[one], self.first[other])
        self.last[one] = max(self.last[one], self.last[other])
        self.members[one] = self.members[one] + self.members[other]
        self.members[other] = []

    def near(self, of: int | slice) -> NDArray[np.bool_]:
        """Which groups lie near enough in time to be the same news as `of`, one of them, or a slice as a column.

        Without a date, all are.
        """
        first, last = self.first[of], self.last[of]
        if isinstance(of, slice):
            first, last = first[:, None], last[:, None]
        with np.errstate(invalid="ignore"):
            gap = np.maximum(self.first - last, first - self.last)
            span = np.maximum(self.last, last) - np.minimum(self.first, first)
        undated = np.isinf(self.first) | np.isinf(first)
        near: NDArray[np.bool_] = undated | ((gap <= WINDOW.total_seconds()) & (span <= SPAN.total_seconds()))
        return near


class _Links:
    """The averages between groups, and the closest group of each."""

    def __init__(self, groups: Groups, averages: Matrix) -> None:
        self.groups, self.averages = groups, averages.copy()
        count = len(groups.members)
        self.alive = np.ones(count, dtype=bool)
        self.links = np.where(groups.near(slice(None)), averages, _NEVER)
        np.fill_diagonal(self.links, _NEVER)
        self.best = self.links.argmax(axis=1) if count else np.zeros(0, dtype=np.intp)
        self.value = self.links[np.arange(count), self.best]

    def _row(self, one: int) -> Matrix:
        """The averages to the groups that `one` may be merged with."""
        row = np.where(self.groups.near(one) & self.alive, self.averages[one], _NEVER)
        row[one] = _NEVER
        return row

    def closest(self, threshold: float) -> tuple[int, int] | None:
        """The two closest groups, the lower number first; None when their average is below `threshold`."""
        one = int(self.value.argmax())
        if self.value[one] < threshold:
            return None
        other = int(self.best[one])
        return min(one, other), max(one, other)

    def merge(self, one: int, other: int) -> None:
        """Group `other` becomes part of `one`."""
        sizes = self.groups.sizes[[one, other]]
        joined = (self.averages[one] * sizes[0] + self.averages[other] * sizes[1]) / sizes.sum()
        self.averages[one], self.averages[:, one] = joined, joined
        self.groups.merge(one, other)
        self.alive[other] = False
        row = self._row(one)
        self.links[one], self.links[:, one] = row, row
        self.links[other], self.links[:, other], self.value[other] = _NEVER, _NEVER, _NEVER
        self._look_again(one, other, row)

    def _look_again(self, one: int, other: int, row: Matrix) -> None:
        """Keep `best` and `value` true: for those whose closest was one of the two, and those that `one` is now."""
        lost = (self.best == one) | (self.best == other)
        lost[one] = True
        stale = np.flatnonzero(self.alive & lost)
        self.best[stale] = self.links[stale].argmax(axis=1)
        self.value[stale] = self.links[stale, self.best[stale]]
        nearer = (row > self.value) & self.alive
        self.best[nearer], self.value[nearer] = one, row[nearer]


def average_link(given: Groups, averages: Matrix, threshold: float) -> Groups:
    """The groups after the closest were merged, again and again, while their average is at or above `threshold`.

    `averages` has the average similarity of each two, shape (groups, groups). Of equals the lowest numbers go first.
    """
    groups = given.taken(range(len(given.members)))
    if not groups.members:
        return groups
    links = _Links(groups, averages)
    while pair := links.closest(threshold):
        links.merge(*pair)
    return groups.taken([int(i) for i in np.flatnonzero(links.alive)])
