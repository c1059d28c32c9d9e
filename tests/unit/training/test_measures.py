"""The measures against values worked out by hand."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from training.measures import calibration_error, confusion, cosine, macro_f1, macro_recall, measure  # noqa: E402

GOLD = np.array([0, 0, 1, 2])
FOUND = np.array([0, 2, 1, 2])


def test_macro_f1_and_recall() -> None:
    counts = confusion(GOLD, FOUND)
    assert macro_f1(counts) == pytest.approx(100 * (2 / 3 + 1 + 2 / 3) / 3)
    assert macro_recall(counts) == pytest.approx(100 * (0.5 + 1 + 1) / 3)


def test_a_sure_and_always_right_judge_is_calibrated() -> None:
    assert calibration_error(GOLD, np.eye(3)[GOLD]) == pytest.approx(0)
    assert calibration_error(GOLD, np.eye(3)[FOUND]) == pytest.approx(25)


def test_negative_taken_for_positive_is_counted_apart() -> None:
    figures = measure(GOLD, np.eye(3)[FOUND])
    assert (figures["negative_as_positive"], figures["positive_as_negative"]) == (25, 0)


def test_cosine_of_nothing_is_zero() -> None:
    assert cosine(np.zeros(2), np.ones(2)) == 0
    assert cosine(np.ones(2), np.ones(2)) == pytest.approx(1)
