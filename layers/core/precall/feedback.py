"""What reps marked in briefs as useful or wrong: the port through which it reaches the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pydantic import Field

from precall.model._base import Model


class Marks(Model):
    """How often stories with a feature were marked. Features: `signal:funding`, `kind:forum`, `outlet:x.example`."""

    useful: Mapping[str, int] = Field(default_factory=dict)
    wrong: Mapping[str, int] = Field(default_factory=dict)


class Feedback(Protocol):
    """The port."""

    def marks(self, rep: str | None) -> Marks:
        """What was marked in the briefs of a rep (by e-mail address), and by the team; empty where nobody did."""


class NoFeedback:
    """Nobody marked anything: what ranks is not changed."""

    def marks(self, rep: str | None) -> Marks:
        """See `Feedback.marks`."""
        return Marks()
