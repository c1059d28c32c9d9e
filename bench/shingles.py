"""Agreement of texts by their 4-grams of words, as the article extraction benchmark measures it
(https://github.com/scrapinghub/article-extraction-benchmark, evaluate.py)."""

from __future__ import annotations

import re
from collections import Counter
from statistics import harmonic_mean, mean
from typing import NamedTuple

_GRAM = 4


class Match(NamedTuple):
    """Shares of the 4-grams of both texts: in both, only in the prediction, only in the truth."""

    both: float
    extra: float
    missing: float

    @property
    def precision(self) -> float:
        """Of a prediction's 4-grams the share that is in the truth."""
        return self.both / (self.both + self.extra) if self.both else float(self.extra == self.missing == 0)

    @property
    def recall(self) -> float:
        """Of the truth's 4-grams the share that was predicted."""
        return self.both / (self.both + self.missing) if self.both else float(self.extra == self.missing == 0)


def matched(truth: str, predicted: str) -> Match:
    """How two texts agree; a long text weighs no more than a short one."""
    one, other = _grams(truth), _grams(predicted)
    counts = ((one & other).total(), (other - one).total(), (one - other).total())
    return Match(*(count / (sum(counts) or 1) for count in counts))


def precision_recall_f1(found: list[Match]) -> tuple[float, float, float]:
    """Means over the texts that have something to be right about, and the F1 of the means."""
    precision = mean(match.precision for match in found if match.both + match.extra)
    recall = mean(match.recall for match in found if match.both + match.missing)
    return precision, recall, harmonic_mean((precision, recall))


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + _GRAM]) for start in range(max(1, len(words) - _GRAM + 1)) if words)
