"""`precall model use NAME_OR_PATH`: any Hugging Face text-classification checkpoint in the layer's format.

What transformers cannot tell (how a target is given, which class is which, which languages) is asked for with a
`ModelChoice`; `Unclear` says what is missing.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

from rank.model_files import Manifest
from rank.onnx_model import OnnxModel
from rank.sentiment import judge
from training.layer_format import megabytes, write_folder
from training.measures import measure
from training.recipe import LABELS, LAYER
from training.sets import development_sets, unseen_sets

KNOWN_LABELS = {
    **{label: label for label in LABELS},
    **{label[:3]: label for label in LABELS},
    "pos": "positive",
    "neu": "neutral",
    "neg": "negative",
    "bearish": "negative",
    "bullish": "positive",
}
MAX_TOKENS = 128
LAMBDA_LIMIT_MB = 250


class Unclear(Exception):
    """The checkpoint does not say something that must be known; the message names the option to give."""


@dataclass(frozen=True)
class ModelChoice:
    """What to export and what its checkpoint leaves open.

    `labels` names the classes in the checkpoint's order; None when its own names are clear. `input` is "plain",
    "pair" (text and target) or "mark" (target between « and »). `languages` are ISO 639-1 codes, or ("*",) for any.
    """

    name_or_path: str
    labels: tuple[str, ...] | None = None
    input: str = "plain"
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True)
class Comparison:
    """Points of macro-F1 gained on each visible set against the model before, and what both weigh in MB."""

    gained: dict[str, float]
    megabytes_before: float
    megabytes_after: float

    def __str__(self) -> str:
        lines = [f"{name:18} {points:+.1f} points of macro-F1" for name, points in self.gained.items()]
        lines.append(f"weighs {self.megabytes_after:.0f} MB; the model before {self.megabytes_before:.0f} MB")
        if self.megabytes_after > LAMBDA_LIMIT_MB / 2:
            lines.append(
                f"function and layers together may take {LAMBDA_LIMIT_MB} MB in a Lambda: check with `sam build`"
            )
        return "\n".join(lines)


class Logits(nn.Module):
    """A transformers classifier as a function of plain tensors."""

    def __init__(self, model: nn.Module, inputs: Sequence[str]) -> None:
        super().__init__()
        self.model, self.inputs = model, list(inputs)

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        """int64 (rows, tokens) each, in the order of `inputs`, to float32 (rows, classes)."""
        logits: torch.Tensor = self.model(**dict(zip(self.inputs, tensors, strict=True))).logits
        return logits


def label_names(choice: ModelChoice, id2label: dict[int, str]) -> tuple[str, ...]:
    """Our class names in the checkpoint's order; raises Unclear when neither it nor the choice tells."""
    if choice.labels is None:
        own = [KNOWN_LABELS.get(id2label[i].strip().lower(), "") for i in range(len(id2label))]
    else:
        own = list(choice.labels)
    if len(own) != len(id2label) or not set(own) <= set(LABELS) or len(set(own)) != len(own):
        order = ", ".join(id2label[i] for i in range(len(id2label)))
        raise Unclear(f"its classes are: {order}. Say which is which, such as --labels negative,neutral,positive")
    return tuple(own)


def export_checkpoint(choice: ModelChoice, folder: Path) -> Manifest:
    """Writes the checkpoint into `folder` in the layer's format, in int8.

    Raises Unclear, or OSError when there is no such checkpoint here or on the hub.
    """
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(choice.name_or_path, use_fast=True)
    if not getattr(tokenizer, "is_fast", False):
        raise Unclear("its tokenizer has no fast form (tokenizer.json), which the Lambda needs")
    model = AutoModelForSequenceClassification.from_pretrained(choice.name_or_path, attn_implementation="eager")
    manifest = Manifest(
        name=str(choice.name_or_path),
        files={},
        input=choice.input,
        labels=label_names(choice, model.config.id2label),
        languages=choice.languages,
        max_tokens=min(MAX_TOKENS, tokenizer.model_max_length),
        pad_id=tokenizer.pad_token_id or 0,
    )
    inputs = [name for name in tokenizer.model_input_names if name in ("input_ids", "attention_mask", "token_type_ids")]
    write_folder(folder, Logits(model, inputs), inputs, tokenizer.backend_tokenizer.to_str(), manifest)
    return manifest


def use(choice: ModelChoice, data: Path | None, layer: Path = LAYER) -> Comparison:
    """Puts the checkpoint in the place of the layer's sentiment model; the one before is kept as `sentiment.before`.

    Nothing is replaced unless the new model loads and scores. `data` is where the labelled sets lie, None for no bench.
    """
    fresh, current, before = layer / "sentiment.new", layer / "sentiment", layer / "sentiment.before"
    shutil.rmtree(fresh, ignore_errors=True)
    export_checkpoint(choice, fresh)
    new, old = scores(fresh, data), scores(current, data) if current.exists() else {}
    weight = megabytes(current) if current.exists() else 0.0
    shutil.rmtree(before, ignore_errors=True)
    if current.exists():
        current.rename(before)
    fresh.rename(current)
    gained = {name: round(score - old.get(name, 0.0), 2) for name, score in new.items()}
    return Comparison(gained, weight, megabytes(current))


def scores(folder: Path, data: Path | None) -> dict[str, float]:
    """Macro-F1 by visible set of the model in `folder`; loads it even when there is no data to score."""
    import numpy as np

    model = OnnxModel(folder)
    model.run([("It works", "It")] if model.manifest.input == "pair" else ["It works"])
    sets = {**development_sets(data), **unseen_sets(data)} if data else {}
    found: dict[str, Any] = {}
    for name, each in sets.items():
        judged = judge(model, each.pairs)
        table = np.array([[s.negative, s.neutral, s.positive] for s in judged])
        found[name] = measure(np.array(each.gold), table)["macro_f1"]
    return found
