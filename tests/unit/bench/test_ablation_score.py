"""How far an order moves is counted right: the figures of `bench rank --ablate` rest on it."""

from __future__ import annotations

import pytest

from bench.ablation_score import agreement


@pytest.mark.parametrize(
    ("other", "tau"), [("abcd", 1.0), ("dcba", -1.0), ("bacd", pytest.approx(2 / 3)), ("abdc", pytest.approx(2 / 3))]
)
def test_kendalls_tau_counts_the_pairs_that_keep_their_order(other: str, tau: float) -> None:
    assert agreement("abcd", other) == tau
