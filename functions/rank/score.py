"""The score of a story, with its parts.

    score = Σ weightₚ · valueₚ      over the parts that have a value

The weights of `precall.yaml` are scaled to sum 1 over the parts that have a value; each value is in 0…1:

| part      | value                                                                       | see             |
|-----------|-----------------------------------------------------------------------------|-----------------|
| recency   | 2^(−age / half-life of its kind) of the freshest independent text           | rank.recency    |
| volume    | n / (n + 3), n independent outlets, wire copies a fifth each, reactions ≤ 2 | rank.volume     |
| burst     | log₂ of the last two days' texts over what is usual for the account, / 3    | rank.burst      |
| proximity | half the closest mention's closeness, half the outlets' mean                | rank.proximity  |
| signal    | the confidence of its surest trigger event                                  | rank.signals    |
| context   | what that event is worth in this call; what is sold is spoken of            | rank.call       |
| feedback  | ½, more where the like were marked useful, less where not                   | rank.usefulness |
| sentiment | how far from neutral, either way: bad news counts as good                   | rank.mood       |

A part whose value is None (no history, no call, no marks, no mood) is stored with weight 0, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from precall.config import Weights
from precall.model import ScorePart, Signal
from rank.mood import Mood
from rank.proximity import Judged
from rank.usefulness import NEUTRAL

Valued = tuple[float | None, str]
"""A value in 0…1, or None where there is none, and the clause that says why."""
ORDER = ("recency", "volume", "burst", "proximity", "signal", "context", "feedback", "sentiment")
NO_SIGNAL = "no trigger event"
_DIGITS = 4


def parts(values: Mapping[str, Valued], weights: Weights) -> tuple[ScorePart, ...]:
    """The parts of a score, in `ORDER`, each with its share of the weight."""
    given = {name: getattr(weights, name) for name in ORDER if name in values and values[name][0] is not None}
    total = sum(given.values())
    shares = {name: weight / total if total else 1 / len(given) for name, weight in given.items()}
    return tuple(_part(name, *values[name], shares.get(name, 0.0)) for name in ORDER if name in values)


def score(of: Sequence[ScorePart]) -> float:
    """The weighted sum, in 0…1."""
    return min(1.0, round(sum(part.weight * part.value for part in of), _DIGITS))


def feeling(mood: Mood) -> Valued:
    """How far from neutral a mood is; none where it was not scored."""
    value = mood.sentiment.value
    return (None if value is None else abs(value)), mood.because


def event(signals: Sequence[Signal]) -> Valued:
    """How sure the surest trigger event is; 0 without any."""
    return (signals[0].confidence, signals[0].kind.value) if signals else (0.0, NO_SIGNAL)


def proximity_value(closest: Judged, one_per_outlet: Sequence[Judged]) -> float:
    """Half what the closest mention gives, half the mean over the outlets: one loose headline carries no story."""
    values = [judged.closeness.value for judged in one_per_outlet if judged.closeness]
    best = closest.closeness.value if closest.closeness else 0.0
    return (best + sum(values) / len(values)) / 2 if values else best


def _part(name: str, value: float | None, because: str, share: float) -> ScorePart:
    if name == "feedback" and value is not None and (gain := round(share * (value - NEUTRAL), 2)):
        because = f"{'+' if gain > 0 else '−'}{abs(gain):.2f}: {because}"
    return ScorePart.model_validate(
        {"name": name, "value": round(value or 0.0, _DIGITS), "weight": round(share, _DIGITS), "because": because}
    )
