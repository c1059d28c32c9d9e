"""Encoders for tests."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from precall.naming import words
from rank.average_link import Matrix
from rank.sentiment import ModelUnavailable

WIDTH = 384


def by_words(texts: Sequence[str]) -> Matrix:
    """An embedding for tests: each word has a direction of its own, the same in every process."""
    rows = np.full((len(texts), WIDTH), 1e-3, dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in words(text):
            row += _direction(word)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _direction(word: str) -> Matrix:
    numbers = np.random.default_rng(zlib.crc32(word.encode())).standard_normal(WIDTH)
    return np.asarray(numbers, dtype=np.float32)


def missing(texts: Sequence[str]) -> Matrix:
    """An encoder whose model is not there."""
    raise ModelUnavailable("no model")
