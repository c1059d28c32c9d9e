"""Bench `sentiment`: quality by set, what int8 cost, VADER and the plain pipeline beside it, speed, memory.

Without the labelled data only speed, memory and size are measured; without torch and transformers, nothing is compared
with full precision. What was not measured is named as skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench.report import Figure, Report
from bench.sentiment_quality import quality
from bench.sentiment_speed import speed
from rank.model_files import model_folder


@dataclass(frozen=True)
class Floor:
    """A figure's name, the bound that it must keep, and what we aim at; `at_most` turns both round."""

    figure: str
    bound: float
    aim: float
    at_most: bool = False


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


def run(data: Path | None = None) -> Report:
    """All figures, those with a floor held against it."""
    found: dict[str, Any] = {"speed": speed()}
    report = Report("sentiment")
    if data is not None and (data / "sentiment-train").is_dir():
        found |= quality(data)
    else:
        report.skipped.append("quality: no sentiment-train in the data folder")
    folders = [model_folder(kind) for kind in ("sentiment", "encoder")]
    found["models_mb"] = sum(f.stat().st_size for folder in folders for f in folder.iterdir()) / 1e6
    floors = {floor.figure: floor for floor in FLOORS}
    report.figures += [_figure(path, value, floors.get(path)) for path, value in _numbers(found)]
    measured = {path for path, _ in _numbers(found)}
    report.skipped += sorted(set(floors) - measured)
    return report


def _figure(path: str, value: float, floor: Floor | None) -> Figure:
    head, _, metric = path.partition(".")
    keep: Literal["below", "above"] = "below" if floor is None or floor.at_most else "above"
    return Figure(head, metric or "value", value, floor.bound if floor else None, keep)


def _numbers(found: dict[str, Any], path: str = "") -> list[tuple[str, float]]:
    """Every number with its dotted path; the level `sets` is left out of it."""
    numbers = []
    for key, value in found.items():
        inside = path if key == "sets" else f"{path}{key}"
        if isinstance(value, dict):
            numbers += _numbers(value, f"{inside}." if inside and key != "sets" else path)
        elif isinstance(value, int | float):
            numbers.append((inside, float(value)))
    return numbers
