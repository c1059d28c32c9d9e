"""Texts agree as far as they share runs of four words."""

from __future__ import annotations

import pytest

from bench.shingles import matched, precision_recall_f1


def test_the_same_text_agrees_and_another_does_not() -> None:
    assert matched("one two three four five", "One two") != matched("a", "a")
    assert precision_recall_f1([matched("one two three four five", "one, two three: four five!")]) == (1, 1, 1)
    assert matched("one two three four", "five six seven eight").precision == 0


def test_what_is_extra_costs_precision_and_what_is_missing_recall() -> None:
    extra = matched("a b c d", "a b c d e")
    assert (extra.precision, extra.recall) == (0.5, 1)
    missing = matched("a b c d e", "a b c d")
    assert (missing.precision, missing.recall) == (1, 0.5)


def test_means_count_pages_not_words() -> None:
    precision, recall, f1 = precision_recall_f1([matched("a b c d " * 99, "a b c d " * 99), matched("x", "")])
    assert (precision, recall) == (1, 0.5)
    assert f1 == pytest.approx(2 / 3)
