"""A model folder of the sentiment layer, loaded once: manifest, tokenizer, int8 ONNX graph.

A model folder holds `manifest.json` (see `Manifest`), `tokenizer.json` and `model.onnx`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = 1
BATCH_TOKENS = 512
"""Padded tokens in one batch: larger ones fall out of the CPU's cache (measured: 16 headlines or 4 paragraphs)."""
CHUNK = 1024
"""Texts tokenized at once: bounds the memory that thousands of texts take."""
MAX_THREADS = 4
HOW_TO_FIX = "rebuild the layer with `make model`, or choose a model with `precall model use NAME_OR_PATH`"


Text = str | tuple[str, str]
"""What a model reads: a text, or a text and its target for a model of pairs."""


class ModelUnavailable(Exception):
    """The model folder is missing, incomplete or damaged; the message says which file and how to fix it."""


@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says of a model.

    `input` is how a target is given: "mark" (between `mark`'s two strings), "pair" (as second text) or "plain" (not at
    all). `labels` names the classes in the graph's order. `languages` are ISO 639-1 codes, or ("*",) for any.
    `calibration` has, for "target" and "tone", a temperature and a bias per class (Guo et al. 2017).
    """

    name: str
    files: dict[str, str]
    input: str = "mark"
    mark: tuple[str, str] = ("« ", " »")
    labels: tuple[str, ...] = ("negative", "neutral", "positive")
    languages: tuple[str, ...] = ("en",)
    max_tokens: int = 128
    pad_id: int = 0
    calibration: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest in `folder`; raises ModelUnavailable when it cannot be used."""
        try:
            raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            if raw.pop("format") != FORMAT:
                raise ValueError(f"not format {FORMAT}")
            known = {key: value for key, value in raw.items() if key in cls.__dataclass_fields__}
            lists = {key: tuple(value) for key, value in known.items() if isinstance(value, list)}
            return cls(**{**known, **lists})
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelUnavailable(f"{folder / 'manifest.json'}: {error}; {HOW_TO_FIX}") from error


class OnnxModel:
    """Runs one model over many texts in sorted batches with bounded threads and memory."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        """Loads the folder; raises ModelUnavailable."""
        self.manifest = Manifest.read(folder)
        for name, expected in self.manifest.files.items():
            check(folder / name, expected)
        self._load(folder, threads or min(usable_cpus(), MAX_THREADS))

    def _load(self, folder: Path, threads: int) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise ModelUnavailable(f"{error}; the sentiment layer is not attached to this function") from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = False
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
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
        for at in range(0, len(texts), CHUNK):
            chunk = by_size[at : at + CHUNK]
            encoded = self._tokenizer.encode_batch_fast([texts[i] for i in chunk])
            for batch in batches_by_length([len(e.ids) for e in encoded], BATCH_TOKENS):
                output = self._session.run(None, self._tensors([encoded[i] for i in batch]))[0]
                for i, row in zip(batch, output, strict=True):
                    rows[chunk[i]] = row
        return np.array(rows, dtype=np.float32)

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


def check(path: Path, expected: str) -> None:
    """Raises ModelUnavailable unless the file's SHA-256 is `expected`."""
    try:
        with path.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"{path}: {error.strerror}; {HOW_TO_FIX}") from error
    if found != expected:
        raise ModelUnavailable(f"{path} is damaged: its SHA-256 is not that of manifest.json; {HOW_TO_FIX}")


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


def model_folder(kind: str) -> Path:
    """Where the model of `kind` ("sentiment" or "encoder") lies.

    `PRECALL_MODELS` names the folder that holds both; else it is `precall_models/` on the import path (in a Lambda: the
    layer), else the layer's source in a checkout. The folder returned may not exist.
    """
    if chosen := os.environ.get("PRECALL_MODELS"):
        return Path(chosen) / kind
    for entry in sys.path:
        folder = Path(entry or ".") / "precall_models" / kind
        if (folder / "manifest.json").is_file():
            return folder
    return Path(__file__).resolve().parents[2] / "layers" / "sentiment" / "model" / kind
