"""The score of a story, with its parts.

    score = Σ weightₚ · valueₚ      over p in recency, volume, proximity, and sentiment where it is scored

The weights of `precall.yaml` are scaled to sum 1 over the parts that have a value; each value is in 0…1:

| part      | value                                                        | see            |
|-----------|--------------------------------------------------------------|----------------|
| recency   | 2^(−age / half-life) of the newest independent text           | rank.recency   |
| volume    | n / (n + 3), n independent outlets, wire copies a fifth each | rank.volume    |
| proximity | half the closest mention's closeness, half the outlets' mean | rank.proximity |
| sentiment | how far from neutral, either way: bad news counts as good    | rank.mood      |
"""

from __future__ import annotations

from collections.abc import Sequence

from precall.config import Weights
from precall.model import ScorePart
from rank.mood import Mood
from rank.proximity import Judged

_DIGITS = 4


def parts(
    recency: tuple[float, str],
    volume: tuple[float, str],
    proximity: tuple[float, str],
    weights: Weights,
    mood: Mood = Mood(),  # noqa: B008  frozen
) -> tuple[ScorePart, ...]:
    """The parts of a score, each from its value in 0…1 and its clause; a mood that is not scored has no weight."""
    feeling = mood.sentiment.value
    values = {"recency": recency, "volume": volume, "proximity": proximity}
    given = {"recency": weights.recency, "volume": weights.volume, "proximity": weights.proximity}
    if feeling is not None:
        given["sentiment"] = weights.sentiment
    values["sentiment"] = (abs(feeling or 0.0), mood.because)
    total = sum(given.values())
    shares = {name: weight / total if total else 1 / len(given) for name, weight in given.items()}
    return tuple(
        ScorePart.model_validate(
            {
                "name": name,
                "value": round(value, _DIGITS),
                "weight": round(shares.get(name, 0.0), _DIGITS),
                "because": because,
            }
        )
        for name, (value, because) in values.items()
    )


def score(of: Sequence[ScorePart]) -> float:
    """The weighted sum, in 0…1."""
    return min(1.0, round(sum(part.weight * part.value for part in of), _DIGITS))


def proximity_value(closest: Judged, one_per_outlet: Sequence[Judged]) -> float:
    """Half what the closest mention gives, half the mean over the outlets: one loose headline carries no story."""
    values = [judged.closeness.value for judged in one_per_outlet if judged.closeness]
    best = closest.closeness.value if closest.closeness else 0.0
    return (best + sum(values) / len(values)) / 2 if values else best
