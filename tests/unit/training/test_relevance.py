"""The fit of the relevance models: it finds what made the labels, counts rows as told, and leaves the company out."""

from __future__ import annotations

import numpy as np
import pytest

from training.relevance import Example, fit_models, logistic
from training.relevance_rows import LABELS, further_names, row_id


def test_the_fit_finds_the_weights_that_made_the_labels() -> None:
    pick = np.random.default_rng(3)
    given = pick.standard_normal((4000, 2))
    chance = 1 / (1 + np.exp(-(2 * given[:, 0] - given[:, 1] + 0.5)))
    gold = (pick.random(4000) < chance).astype(float)
    found = logistic(given, gold, np.ones(4000), ("a", "b"), penalty=0.01)
    assert found.weights["a"] == pytest.approx(2, abs=0.25)
    assert found.weights["b"] == pytest.approx(-1, abs=0.2)
    assert found.bias == pytest.approx(0.5, abs=0.15)


def test_a_row_that_counts_nothing_changes_nothing() -> None:
    given, gold = np.array([[0.0], [1.0], [0.2], [0.9], [5.0]]), np.array([0.0, 1.0, 0.0, 1.0, 0.0])
    with_it = logistic(given, gold, np.array([1.0, 1.0, 1.0, 1.0, 1e-12]), ("a",), penalty=1.0)
    assert with_it.probability({"a": 1.0}) > 0.5 > with_it.probability({"a": 0.0})


def test_mentions_that_do_not_name_the_prospect_are_not_learnt_from() -> None:
    names = (
        "sure headline text first position count commas opens acts possessive company after_name before_name other "
        "lower everyday industry"
    ).split()
    rows = [
        Example("a", str(n), label, False, dict.fromkeys(names, float(label > 0)) | {"first": float(label == 2)})
        for n, label in enumerate([0, 1, 2] * 10)
    ]
    unnamed = [Example("a", "x", 2, False, None)] * 50
    assert fit_models([*rows, *unnamed]) == fit_models(rows)
    assert set(fit_models(rows)) == {"about_words", "main"}


def test_the_labels_are_ids_and_need_the_data(tmp_path: object) -> None:
    assert further_names(LABELS.parent / "nowhere") == []
    assert len(row_id("https://a.example/1")) == 12
