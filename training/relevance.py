"""Fits the models of relevance: `python -m training.relevance` writes functions/rank/relevance_weights.json.

L2-regularised logistic regression by Newton's method, on standardised features. Names that we labelled ourselves mostly
count half: they were chosen for being hard, and would else make every name look doubtful.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from precall.model import AccountProfile
from rank.embedding import embed
from rank.evidence import Evidence
from rank.findings import find
from rank.logistic import WEIGHTS, Logistic
from rank.meaning import FEATURES, Embed
from training.recipe import data_root
from training.relevance_rows import Labelled, further_names, labelled_set

WORDS = (
    "sure", "headline", "opens", "acts", "possessive", "company", "after_name", "before_name", "other", "lower",
    "everyday", "industry",
)  # fmt: skip
"""Features of being them that need no encoder."""
ACTOR = ("headline", "first", "position", "commas", "opens", "acts", "possessive", "company", "count", "text")
"""Features of being the main actor."""
PENALTY = {"about": 15.0, "about_words": 15.0, "main": 10.0}
FURTHER_COUNTS = {"about": 0.5, "about_words": 1.0, "main": 0.5}
"""What a row of our further names counts. Without the encoder, a name that is also a word must be doubted more."""
_STEPS = 60


@dataclass(frozen=True)
class Example:
    """A labelled mention with its features; `found` is None where nothing names the prospect."""

    company: str
    mention_id: str
    label: int
    further: bool
    found: Evidence | None
    certain: bool = False


def examples(rows: Sequence[Labelled], encoder: Embed | None = embed) -> list[Example]:
    """The rows with their features; the mentions of one company are read together, as in a research."""
    made = []
    for company in sorted({row.prospect.label for row in rows}):
        own = [row for row in rows if row.prospect.label == company]
        found = find(own[0].prospect, [row.mention for row in own], AccountProfile(), encoder)
        made += [
            Example(company, row.mention.id, row.label, row.further, found.evidence.get(i), i in found.certain)
            for i, row in enumerate(own)
        ]
    return made


def fit_models(given: Sequence[Example]) -> dict[str, Logistic]:
    """The three models: being them with the encoder and without, and being the main actor."""
    named = [example for example in given if example.found]
    them = [example for example in named if example.label]
    fitted = {
        "about_words": _fit("about_words", named, WORDS, [float(each.label > 0) for each in named]),
        "main": _fit("main", them, ACTOR, [float(each.label == 2) for each in them]),
    }
    if all("fits" in (each.found or {}) for each in named):
        fitted["about"] = _fit("about", named, WORDS + FEATURES, [float(each.label > 0) for each in named])
    return fitted


def _fit(name: str, rows: Sequence[Example], features: Sequence[str], gold: Sequence[float]) -> Logistic:
    given = np.array([[(row.found or {})[feature] for feature in features] for row in rows])
    weights = np.array([FURTHER_COUNTS[name] if row.further else 1.0 for row in rows])
    return logistic(given, np.array(gold), weights, features, PENALTY[name])


def logistic(
    given: NDArray[Any], gold: NDArray[Any], counts: NDArray[Any], features: Sequence[str], penalty: float
) -> Logistic:
    """The model that is likeliest to give `gold` (0 or 1) from `given`, shape (rows, features); the bias is free."""
    mean, scale = given.mean(axis=0), given.std(axis=0) + 1e-9
    inputs = np.hstack([(given - mean) / scale, np.ones((len(given), 1))])
    ridge = np.diag([penalty] * len(features) + [1e-6])
    found = np.zeros(len(features) + 1)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (counts * (p - gold)) + ridge @ found
        curve = (inputs * (counts * p * (1 - p))[:, None]).T @ inputs + ridge
        step = np.linalg.solve(curve, slope)
        found -= step
        if abs(step).max() < 1e-9:
            break
    weights = found[:-1] / scale
    return Logistic(float(found[-1] - weights @ mean), dict(zip(features, map(float, weights), strict=True)))


def main() -> None:
    """Fit on everything and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training.relevance", description=__doc__)
    parser.add_argument("--data", type=Path, default=data_root())
    data = parser.parse_args().data
    given = examples([*labelled_set(data), *further_names(data)])
    models = {
        name: {"bias": round(model.bias, 4), "weights": {key: round(value, 4) for key, value in model.weights.items()}}
        for name, model in sorted(fit_models(given).items())
    }
    trained_on = sorted({example.company for example in given})
    stored = {"made_by": "python -m training.relevance", "trained_on": trained_on, "models": models}
    WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
