"""How useful stories like this one were found, from reps' marks."""

from __future__ import annotations

from collections.abc import Iterable

from precall.feedback import Marks
from precall.model import Kind, Signal

DOUBT = 2.0
"""Imagined marks of each sort: one click alone moves little (Laplace)."""


def features(signals: Iterable[Signal], kinds: Iterable[Kind], outlet: str) -> list[str]:
    """What a story shares with others, as `Marks` names it; `outlet` is that of its best mention."""
    return [*(f"signal:{signal.kind}" for signal in signals), *(f"kind:{kind}" for kind in kinds), f"outlet:{outlet}"]


def usefulness(marks: Marks, of: Iterable[str]) -> tuple[float | None, str]:
    """(useful + 2) / (useful + wrong + 4) over the features in 0…1, and its clause; None where nobody marked any."""
    marked = [feature for feature in of if feature in marks.useful or feature in marks.wrong]
    if not marked:
        return None, "nothing like it was marked"
    useful = sum(marks.useful.get(feature, 0) for feature in marked)
    wrong = sum(marks.wrong.get(feature, 0) for feature in marked)
    return (useful + DOUBT) / (useful + wrong + 2 * DOUBT), f"the like marked useful {useful}×, wrong {wrong}×"
