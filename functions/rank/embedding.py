"""Sentence embeddings from the plain encoder, for same-story clustering."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rank.model_files import model_folder
from rank.sentiment import load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_CHARACTERS = 2000
"""The encoder reads 128 tokens; more text is not even tokenized."""


def embed(texts: Sequence[str], folder: Path | None = None) -> NDArray[np.float32]:
    """One vector of length 1 per text, shape (texts, 384): the dot product of two is their cosine similarity.

    Raises ModelUnavailable when the encoder is missing or damaged.
    """
    import numpy as np

    if not texts:
        return np.zeros((0, 0), dtype=np.float32)
    return load(folder or model_folder("encoder")).run([text[:MAX_CHARACTERS] for text in texts])
