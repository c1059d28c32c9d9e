"""Writing a model folder as `rank.onnx_model` reads it: int8 graph, tokenizer, manifest with checksums."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import torch
from torch import nn

from rank.model_files import FORMAT, Manifest

OPSET = 17


def write_folder(folder: Path, graph: nn.Module, inputs: list[str], tokenizer_json: str, manifest: Manifest) -> None:
    """Exports `graph` (int64 tensors (rows, tokens), named by `inputs`, to one output) into `folder`, quantised."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        to_onnx(graph, inputs, full)
        quantise(full, folder / "model.onnx")
    (folder / "tokenizer.json").write_text(tokenizer_json, encoding="utf-8")
    files = {name: sha256(folder / name) for name in ("model.onnx", "tokenizer.json")}
    content = {"format": FORMAT, **asdict(replace(manifest, files=files))}
    (folder / "manifest.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def to_onnx(graph: nn.Module, inputs: list[str], path: Path) -> None:
    """Writes the graph in full precision, with free numbers of rows and tokens."""
    given = {"input_ids": torch.randint(0, 5, (2, 12)), "attention_mask": torch.ones(2, 12, dtype=torch.long)}
    example = tuple(given.get(name, torch.zeros(2, 12, dtype=torch.long)) for name in inputs)
    axes = {name: {0: "rows", 1: "tokens"} for name in inputs}
    with torch.no_grad():
        torch.onnx.export(
            graph.eval(),
            example,
            str(path),
            input_names=inputs,
            output_names=["output"],
            dynamic_axes={**axes, "output": {0: "rows"}},
            opset_version=OPSET,
            dynamo=False,
        )


def quantise(full: Path, path: Path) -> None:
    """Dynamic quantisation with signed int8 weights per channel.

    Signed weights (u8s8) run twice as fast as unsigned ones; weights per tensor lose far more than per channel.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)
    quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True)
    logging.getLogger().setLevel(logging.INFO)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def megabytes(folder: Path) -> float:
    """What the folder's files weigh, in 10⁶ bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
