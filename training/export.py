"""From checkpoints to the two model folders of the layer: `sentiment` and `encoder`."""

from __future__ import annotations

import json
from pathlib import Path

from training.batches import load_tokenizer
from training.evaluate import manifest_of
from training.layer_format import write_folder
from training.lean import LeanClassifier, LeanEmbedder
from training.network import base_path, load_classifier
from training.recipe import Recipe
from training.restore import save_changes

INPUTS = ["input_ids", "attention_mask"]
ENCODER_TOKENS = 128


def export_layer(work: Path, layer: Path) -> None:
    """Writes `layer`/sentiment from the work folder's checkpoint and `layer`/encoder from the base weights.

    Also writes `changes.safetensors` into the work folder: the trained weights without the frozen ones, as float16.
    """
    export_sentiment(work, layer / "sentiment")
    export_encoder(layer / "encoder")
    save_changes(work / "checkpoint", work / "changes.safetensors")


def export_sentiment(work: Path, folder: Path) -> None:
    """The classifier, with the calibration that `evaluate` fitted."""
    recipe = Recipe(**json.loads((work / "recipe.json").read_text()))
    calibration = json.loads((work / "calibration.json").read_text())
    model = load_classifier(str(work / "checkpoint"))
    graph = LeanClassifier(model, recipe.max_tokens)
    write_folder(folder, graph, INPUTS, load_tokenizer(recipe.max_tokens).to_str(), manifest_of(recipe, calibration))


def export_encoder(folder: Path) -> None:
    """The base encoder, untouched, for embeddings of 384 numbers."""
    from transformers import AutoModel

    from rank.model_files import Manifest

    bert = AutoModel.from_pretrained(base_path(), attn_implementation="eager")
    manifest = Manifest(name="all-MiniLM-L6-v2", files={}, input="plain", labels=(), languages=("en",))
    graph = LeanEmbedder(bert, ENCODER_TOKENS)
    write_folder(folder, graph, INPUTS, load_tokenizer(ENCODER_TOKENS).to_str(), manifest)
