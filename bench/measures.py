"""Measures that several benches share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

BINS = 10


def macro_f1(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """The mean F1 of the classes that occur in `gold`, in 0…1."""
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    of, said = Counter(gold), Counter(found)
    return sum(2 * right[label] / (of[label] + said[label]) for label in of) / max(1, len(of))


def calibration_error(gold: Sequence[int], probabilities: Sequence[float]) -> float:
    """Expected calibration error of a probability of 1 (Naeini et al. 2015), ten equal bins, in 0…1."""
    gaps = [0.0] * BINS
    for label, p in zip(gold, probabilities, strict=True):
        gaps[min(BINS - 1, int(p * BINS))] += p - label
    return sum(map(abs, gaps)) / max(1, len(gold))


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """B³ F of a clustering, given as the cluster of each item (Bagga & Baldwin 1998), in 0…1."""
    of, said = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    precision = sum(n * n / said[cluster] for (_, cluster), n in both.items()) / len(gold)
    recall = sum(n * n / of[label] for (label, _), n in both.items()) / len(gold)
    return 2 * precision * recall / (precision + recall)
