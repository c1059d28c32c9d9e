"""Measures of a three-class judgement. Arrays: `gold` int (n,), `probabilities` float (n, 3), rows sum to 1."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
BINS = 15


def confusion(gold: Ints, found: Ints) -> Ints:
    """Counts, (gold class, found class)."""
    counts = np.zeros((3, 3), dtype=np.int64)
    np.add.at(counts, (gold, found), 1)
    return counts


def macro_f1(counts: Ints) -> float:
    """Mean of the classes' F1, in percent."""
    hits: Ints = np.diag(counts)
    return float(100 * np.mean(2 * hits / np.maximum(counts.sum(0) + counts.sum(1), 1)))


def macro_recall(counts: Ints) -> float:
    """Mean of the classes' recall, in percent."""
    return float(100 * np.mean(np.diag(counts) / np.maximum(counts.sum(1), 1)))


def calibration_error(gold: Ints, probabilities: Floats) -> float:
    """Expected calibration error of the likeliest class (Guo et al. 2017), 15 equal bins, in percent."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == gold
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[bins == b].sum() - right[bins == b].sum()) for b in range(BINS)]
    return float(100 * sum(gaps) / max(len(gold), 1))


def measure(gold: Ints, probabilities: Floats) -> dict[str, Any]:
    """Every figure of one set; shares and scores in percent, `confusion` by gold then found class."""
    counts = confusion(gold, probabilities.argmax(1))
    sure = probabilities.max(1) >= 0.7
    right = probabilities.argmax(1) == gold
    total = max(len(gold), 1)
    return {
        "rows": len(gold),
        "macro_f1": round(macro_f1(counts), 2),
        "macro_recall": round(macro_recall(counts), 2),
        "accuracy": round(100 * float(right.mean()), 2),
        "calibration_error": round(calibration_error(gold, probabilities), 2),
        "negative_as_positive": round(100 * int(counts[0, 2]) / total, 2),
        "positive_as_negative": round(100 * int(counts[2, 0]) / total, 2),
        "sure_share": round(100 * float(sure.mean()), 1),
        "sure_accuracy": round(100 * float(right[sure].mean()), 1) if sure.any() else None,
        "confusion": counts.tolist(),
    }


def cosine(gold: Floats, values: Floats) -> float:
    """Cosine similarity of two score vectors, the measure of SemEval-2017 task 5."""
    return float(gold @ values / (float(np.linalg.norm(gold) * np.linalg.norm(values)) or 1.0))
