"""The measures of the benches, on cases that can be counted by hand."""

from __future__ import annotations

import pytest

from bench.measures import b_cubed, calibration_error, macro_f1


def test_macro_f1_is_the_mean_over_the_gold_classes() -> None:
    assert macro_f1([1, 1, 0, 0], [1, 0, 0, 0]) == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert macro_f1([1, 1], [1, 1]) == 1


def test_b_cubed_of_perfect_split_and_merged_clusters() -> None:
    assert b_cubed("aabb", [0, 0, 1, 1]) == 1
    assert b_cubed("aabb", [0, 1, 2, 3]) == pytest.approx(2 / 3)
    assert b_cubed("aabb", [0, 0, 0, 0]) == pytest.approx(2 / 3)


def test_calibration_error_is_the_gap_between_what_was_said_and_what_came() -> None:
    assert calibration_error([1, 0], [0.55, 0.55]) == pytest.approx(0.05)
    assert calibration_error([1, 1], [0.1, 0.1]) == pytest.approx(0.9)
