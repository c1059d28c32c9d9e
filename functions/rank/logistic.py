"""Small logistic models, kept as readable weights: a bias, and one weight per named feature."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("relevance_weights.json")


@dataclass(frozen=True)
class Logistic:
    """p = 1 / (1 + e^−(bias + Σ weight · feature))."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, evidence: Mapping[str, float]) -> float:
        """The probability, in 0…1, given every feature that has a weight; KeyError names a missing one."""
        total = self.bias + sum(weight * evidence[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def models(path: Path = WEIGHTS) -> dict[str, Logistic]:
    """The shipped models by name; `training/relevance.py` makes the file."""
    stored = json.loads(path.read_text(encoding="utf-8"))["models"]
    return {name: Logistic(model["bias"], model["weights"]) for name, model in stored.items()}
