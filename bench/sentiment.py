"""Bench `sentiment`: quality by set, what int8 cost, VADER and the plain pipeline beside it, speed, memory.

`run(data)` gives every figure; `ok` is False when a measured figure is below its floor. Without the labelled data only
speed, memory and size are measured; without torch and transformers, nothing is compared with full precision.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.sentiment_quality import quality
from bench.sentiment_speed import speed
from rank.onnx_model import model_folder


@dataclass(frozen=True)
class Floor:
    """A figure's name, the bound that it must keep, and what we aim at; `at_most` turns both round."""

    figure: str
    bound: float
    aim: float
    at_most: bool = False

    def holds(self, value: float) -> bool:
        """Whether `value` keeps the bound."""
        return value <= self.bound if self.at_most else value >= self.bound


FLOORS = (
    Floor("newsmtsc.macro_f1", 75, 77),
    Floor("finentity.macro_f1", 80, 85),
    Floor("tweeteval.macro_recall", 71, 73),
    Floor("sentfin.macro_f1", 84, 88),
    Floor("sentfin_conflict.macro_f1", 79, 84),
    Floor("fpb.macro_f1", 65, 72),
    Floor("entity_tweets.macro_f1", 64, 70),
    Floor("int8.most_lost", 0.7, 0.3, at_most=True),
    Floor("speed.headlines_ratio", 5, 8),
    Floor("speed.paragraphs_ratio", 5, 8),
    Floor("speed.peak_mb", 260, 180, at_most=True),
    Floor("speed.peak_mb_5000_texts", 512, 300, at_most=True),
    Floor("speed.cold_start_s", 0.6, 0.35, at_most=True),
    Floor("models_mb", 50, 46, at_most=True),
)


def run(data: Path | None = None) -> dict[str, Any]:
    """All figures, the floors with their state, and `ok`."""
    figures: dict[str, Any] = {}
    if data is not None and (data / "sentiment-train").is_dir():
        figures |= quality(data)
    else:
        figures["note"] = "quality not measured: PRECALL_DATA has no sentiment-train/"
    figures["speed"] = speed()
    folders = [model_folder(kind) for kind in ("sentiment", "encoder")]
    figures["models_mb"] = round(sum(f.stat().st_size for folder in folders for f in folder.iterdir()) / 1e6, 1)
    floors = [state(floor, figures) for floor in FLOORS]
    return {"bench": "sentiment", **figures, "floors": floors, "ok": all(f["ok"] is not False for f in floors)}


def state(floor: Floor, figures: dict[str, Any]) -> dict[str, Any]:
    """The floor with its measured value; `ok` is None when it was not measured."""
    value = look_up(figures, floor.figure)
    return {**asdict(floor), "value": value, "ok": None if value is None else floor.holds(value)}


def look_up(figures: dict[str, Any], path: str) -> float | None:
    """The number at a dotted path, looked for under `sets` too; None when absent."""
    found: Any = figures
    for key in path.split("."):
        found = found.get(key, figures.get("sets", {}).get(key)) if isinstance(found, dict) else None
    return found if isinstance(found, int | float) else None
