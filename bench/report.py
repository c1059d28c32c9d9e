"""Figures by set and metric, each beside the floor (or ceiling) that it must keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal


@dataclass(frozen=True)
class Figure:
    """One measured number. `limit` None is for information; `keep` says on which side of it the value must be."""

    set: str
    metric: str
    value: float
    limit: float | None = None
    keep: Literal["below", "above"] = "below"

    @property
    def ok(self) -> bool:
        """Whether the limit holds."""
        if self.limit is None:
            return True
        return self.value <= self.limit if self.keep == "below" else self.value >= self.limit


@dataclass
class Report:
    """What one bench found."""

    bench: str
    figures: list[Figure] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every limit holds."""
        return all(figure.ok for figure in self.figures)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form: figures and limits by set and metric."""
        sets: dict[str, dict[str, float]] = {}
        limits: dict[str, dict[str, float]] = {}
        for figure in self.figures:
            sets.setdefault(figure.set, {})[figure.metric] = round(figure.value, 4)
            if figure.limit is not None:
                limits.setdefault(figure.set, {})[figure.metric] = figure.limit
        return {"bench": self.bench, "figures": sets, "limits": limits, "skipped": self.skipped, "ok": self.ok}

    def as_text(self) -> str:
        """A line per figure."""
        lines = [f"{self.bench}"]
        for figure in self.figures:
            held = (
                ""
                if figure.limit is None
                else f"  ({figure.keep} {figure.limit:g}: {'ok' if figure.ok else 'NOT KEPT'})"
            )
            lines.append(f"  {figure.set:<20} {figure.metric:<32} {figure.value:10.3f}{held}")
        return "\n".join(lines + [f"  skipped: {name}" for name in self.skipped])


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile: the smallest value with at least `share` of all values at or below it."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
