"""The trained weights in 21 MB: what differs from the base encoder, in half precision.

With it the full-precision checkpoint can be rebuilt without training, to compare int8 with it or to train further.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.network import base_path, load_classifier, save_tokenizer

FROZEN = "bert.embeddings.word_embeddings.weight"


def save_changes(checkpoint: Path, path: Path) -> None:
    """Writes every weight of the Hugging Face checkpoint but the frozen word embeddings as float16."""
    weights = load_file(checkpoint / "model.safetensors")
    save_file({name: w.half().contiguous() for name, w in weights.items() if name != FROZEN}, path)


def restore(changes: Path, checkpoint: Path) -> Path:
    """Rebuilds the Hugging Face checkpoint from the base weights and `changes`; returns `checkpoint`."""
    model = load_classifier(base_path())
    weights = {name: w.to(torch.float32) for name, w in load_file(changes).items()}
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or set(missing) - {FROZEN, "bert.embeddings.position_ids"}:
        raise ValueError(f"{changes} is not of this model: missing {missing}, unexpected {unexpected}")
    model.save_pretrained(checkpoint)
    save_tokenizer(checkpoint)
    return checkpoint
