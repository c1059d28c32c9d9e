"""A model of the sentiment layer, loaded once: tokenizer and int8 ONNX graph."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from precall.errors import ModelUnavailable
from rank.model_files import HOW_TO_FIX, Manifest, check

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BATCH_TOKENS = 256
"""Padded tokens in one batch: what larger ones compute falls out of a core's cache (measured: 128 to 512)."""
CHUNK = 1024
"""Texts tokenized at once: bounds the memory that thousands of texts take."""
MAX_THREADS = 4
SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""What onnxruntime fuses and computes slower so: the sum and the norm by themselves save a fifth of the whole."""

Text = str | tuple[str, str]
"""What a model reads: a text, or a text and its target for a model of pairs."""


class OnnxModel:
    """Runs one model over many texts in sorted batches with bounded threads and memory.

    Each thread runs whole batches by itself: onnxruntime lets go of Python's lock, and threads that share one batch
    wait for each other at every operator.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Loads the folder; raises ModelUnavailable."""
        self.manifest = Manifest.read(folder)
        for name, expected in self.manifest.files.items():
            check(folder / name, expected)
        self.threads = threads or min(usable_cpus(), MAX_THREADS)
        self._load(folder)

    def _load(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise ModelUnavailable(f"{error}; the sentiment layer is not attached to this function") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=SLOW_FUSIONS,
            )
        except Exception as error:  # both libraries raise bare Exceptions of their own
            raise ModelUnavailable(f"{folder}: {error}; {HOW_TO_FIX}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self.manifest.max_tokens)
        self._inputs = [given.name for given in self._session.get_inputs()]

    def run(self, texts: Sequence[Text]) -> NDArray[np.float32]:
        """One row of the graph's first output for each text, or pair of texts, in the order given.

        Shape (texts, width), where the width is the number of classes or the length of an embedding.
        """
        import numpy as np

        rows: list[NDArray[np.float32] | None] = [None] * len(texts)
        by_size = sorted(range(len(texts)), key=lambda i: len(texts[i]) if isinstance(texts[i], str) else 0)
        with ThreadPoolExecutor(self.threads) as threads:
            for at in range(0, len(texts), CHUNK):
                chunk = by_size[at : at + CHUNK]
                encoded = self._tokenizer.encode_batch_fast([texts[i] for i in chunk])
                batches = list(batches_by_length([len(e.ids) for e in encoded], BATCH_TOKENS))
                outputs = threads.map(self._output, ([encoded[i] for i in batch] for batch in batches))
                for batch, output in zip(batches, outputs, strict=True):
                    for i, row in zip(batch, output, strict=True):
                        rows[chunk[i]] = row
        return np.array(rows, dtype=np.float32)

    def _output(self, encoded: Sequence[Any]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = self._session.run(None, self._tensors(encoded))[0]
        return found

    def _tensors(self, encoded: Sequence[Any]) -> dict[str, NDArray[np.int64]]:
        import numpy as np

        shape = len(encoded), max(len(e.ids) for e in encoded)
        ids = np.full(shape, self.manifest.pad_id, dtype=np.int64)
        mask, types = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for i, e in enumerate(encoded):
            ids[i, : len(e.ids)], mask[i, : len(e.ids)] = e.ids, 1
            types[i, : len(e.ids)] = e.type_ids
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        return {name: given[name] for name in self._inputs}


def batches_by_length(lengths: Sequence[int], tokens: int) -> Iterator[list[int]]:
    """Numbers of texts of similar length, shortest first, at most `tokens` padded tokens to a batch."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and lengths[i] * (len(batch) + 1) > tokens:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def usable_cpus() -> int:
    """CPUs that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
