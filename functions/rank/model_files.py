"""The files of a model folder: `manifest.json` (see `Manifest`), `tokenizer.json` and `model.onnx`."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from precall.errors import ModelUnavailable

FORMAT = 1
HOW_TO_FIX = "rebuild the layer with `make model`, or choose a model with `precall model use NAME_OR_PATH`"


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


def check(path: Path, expected: str) -> None:
    """Raises ModelUnavailable unless the file's SHA-256 is `expected`."""
    try:
        with path.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"{path}: {error.strerror}; {HOW_TO_FIX}") from error
    if found != expected:
        raise ModelUnavailable(f"{path} is damaged: its SHA-256 is not that of manifest.json; {HOW_TO_FIX}")


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
