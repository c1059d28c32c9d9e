"""Loading a model folder: every way it can be broken says which file and what to do."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from precall.errors import ModelUnavailable, Permanent
from rank import onnx_model
from rank.model_files import Manifest, model_folder
from rank.onnx_model import OnnxModel, batches_by_length
from rank.sentiment import TextAndTarget, score


def write(folder: Path, **changes: object) -> Path:
    content = {"format": 1, "name": "made up", "files": {"model.onnx": "0" * 64}, **changes}
    (folder / "manifest.json").write_text(json.dumps(content))
    return folder


def test_a_missing_folder_says_how_to_fix_it(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="precall model use"):
        score([TextAndTarget("Acme wins", ("Acme",))], tmp_path / "nowhere")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "name": "no files"}'])
def test_a_broken_manifest_is_unavailable(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelUnavailable, match=r"manifest\.json"):
        Manifest.read(tmp_path)


def test_a_missing_graph_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"model\.onnx: No such file"):
        OnnxModel(write(tmp_path))


def test_a_changed_graph_is_unavailable(tmp_path: Path) -> None:
    (write(tmp_path) / "model.onnx").write_bytes(b"not what was written")
    with pytest.raises(ModelUnavailable, match="damaged"):
        OnnxModel(tmp_path)


def test_no_texts_need_no_model(tmp_path: Path) -> None:
    assert score([], tmp_path / "nowhere") == []


def test_manifest_lists_become_tuples(tmp_path: Path) -> None:
    manifest = Manifest.read(write(tmp_path, languages=["en", "de"], mark=["[", "]"], unknown_key=1))
    assert manifest.languages == ("en", "de")
    assert manifest.mark == ("[", "]")


def test_batches_are_sorted_bounded_and_complete() -> None:
    lengths = [7, 128, 3, 60, 60, 5, 9, 128]
    found = list(batches_by_length(lengths, tokens=130))
    assert sorted(i for batch in found for i in batch) == list(range(len(lengths)))
    assert all(max(lengths[i] for i in batch) * len(batch) <= 130 for batch in found)
    flat = [lengths[i] for batch in found for i in batch]
    assert flat == sorted(flat)


def test_a_text_longer_than_a_batch_goes_alone() -> None:
    assert list(batches_by_length([900], tokens=512)) == [[0]]


def test_the_environment_names_the_models_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRECALL_MODELS", str(tmp_path))
    assert model_folder("encoder") == tmp_path / "encoder"


def test_a_layer_on_the_import_path_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "precall_models" / "sentiment"
    folder.mkdir(parents=True)
    write(folder)
    monkeypatch.delenv("PRECALL_MODELS", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    assert model_folder("sentiment") == folder


def test_threads_are_bounded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(onnx_model, "usable_cpus", lambda: 64)
    monkeypatch.setattr(OnnxModel, "_load", lambda self, folder: None)
    assert OnnxModel(write(tmp_path, files={})).threads == onnx_model.MAX_THREADS
    assert OnnxModel(write(tmp_path, files={}), threads=2).threads == 2


def test_a_missing_model_is_in_the_error_tree() -> None:
    assert issubclass(ModelUnavailable, Permanent)


def test_many_threads_load_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from rank import sentiment

    loaded: list[Path] = []

    def opened(folder: Path) -> int:
        loaded.append(folder)
        return len(loaded)

    monkeypatch.setattr(sentiment, "OnnxModel", opened)
    workers = [threading.Thread(target=sentiment.load, args=(tmp_path / "one",)) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(loaded) == 1
    sentiment._loaded.cache_clear()
