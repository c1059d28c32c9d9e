"""What a trigger is: words that name an event, and the part that the prospect must have in it.

Each trigger is tried on one sentence in which the prospect's names are marked (see `rank.clauses`). `weight` is how
often such words, with the prospect in that part, really tell of that event: 0…1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from precall.model import SignalKind

Part = Literal["acts", "undergoes", "concerned"]


@dataclass(frozen=True)
class Trigger:
    """Words that name an event, the prospect's part in it, and how telling they are; `unless` is what, standing before
    them, makes them name what is over, or what only was there."""

    kind: SignalKind
    part: Part
    pattern: re.Pattern[str]
    weight: float
    unless: re.Pattern[str] | None = None


def triggers(kind: SignalKind, *rows: tuple[Part, float, str], unless: str | None = None) -> tuple[Trigger, ...]:
    """The triggers of one kind, from rows of part, weight and pattern; case does not count."""
    over = re.compile(unless, re.IGNORECASE) if unless else None
    return tuple(
        Trigger(kind, part, re.compile(pattern, re.IGNORECASE), weight, over) for part, weight, pattern in rows
    )
