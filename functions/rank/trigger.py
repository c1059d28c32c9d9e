"""What a trigger is: words that name an event, and the part that the prospect must have in it.

Each trigger is tried on one sentence in which the prospect's names are marked (see `rank.clauses`). `weight` is how
often such words, with the prospect in that part, really tell of that event: 0…1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from precall.model import SignalKind

Part = Literal["acts", "undergoes", "concerned"]


@dataclass(frozen=True)
class Trigger:
    """Words that name an event (a regular expression, case does not count), the prospect's part in it, and how telling
    they are; `over` is what, standing before them, makes them name what is over, or what only was there.

    What few texts are tried on is compiled when the first one is: all of it would take a twentieth of a second.
    """

    kind: SignalKind
    part: Part
    words: str
    weight: float
    over: str | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """`words`."""
        return re.compile(self.words, re.IGNORECASE)

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        """`over`."""
        return re.compile(self.over, re.IGNORECASE) if self.over else None


def triggers(kind: SignalKind, *rows: tuple[Part, float, str], unless: str | None = None) -> tuple[Trigger, ...]:
    """The triggers of one kind, from rows of part, weight and words; see `Trigger`."""
    return tuple(Trigger(kind, part, words, weight, unless) for part, weight, words in rows)
