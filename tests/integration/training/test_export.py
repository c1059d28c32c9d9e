"""The exported graph against transformers, on a tiny model with random weights; needs the training extra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("onnx")

from rank.onnx_model import OnnxModel  # noqa: E402
from rank.sentiment import TextAndTarget, score  # noqa: E402
from training.lean import LeanClassifier, LeanEmbedder  # noqa: E402
from training.model_use import ModelChoice, Unclear, export_checkpoint, label_names, use  # noqa: E402

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] acme wins loses a contract « » the of".split()


def tiny(labels: list[str]) -> Any:
    torch.manual_seed(1)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        id2label=dict(enumerate(labels)),
        num_labels=len(labels),
        attn_implementation="eager",
    )
    return transformers.BertForSequenceClassification(config).eval()


def checkpoint(folder: Path, labels: list[str]) -> Path:
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    tiny(labels).save_pretrained(folder)
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_the_lean_classifier_gives_the_numbers_of_transformers() -> None:
    model = tiny(["negative", "neutral", "positive"])
    ids = torch.randint(5, len(WORDS), (3, 9))
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    with torch.no_grad():
        expected = model(input_ids=ids, attention_mask=mask).logits
        found = LeanClassifier(model, tokens=16)(ids, mask)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-4)


def test_the_lean_embedder_averages_what_is_not_padding() -> None:
    model = tiny(["a", "b", "c"]).bert
    ids = torch.randint(5, len(WORDS), (1, 6))
    padded = torch.cat([ids, torch.zeros(1, 4, dtype=torch.long)], dim=1)
    embedder = LeanEmbedder(model, tokens=16)
    with torch.no_grad():
        alone, among = embedder(ids, torch.ones_like(ids)), embedder(padded, (padded != 0).long())
    torch.testing.assert_close(alone, among, atol=1e-5, rtol=1e-4)
    assert float(alone.norm()) == pytest.approx(1, abs=1e-5)


def test_any_checkpoint_replaces_the_model_and_the_old_one_is_kept(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "hub", ["POS", "NEG"])
    layer = tmp_path / "layer"
    first = use(ModelChoice(str(source)), None, layer)
    assert first.megabytes_before == 0
    use(ModelChoice(str(source), input="pair", languages=("*",)), None, layer)
    assert OnnxModel(layer / "sentiment.before").manifest.input == "plain"
    found = score([TextAndTarget("Acme wins a contract", ("Acme",), "de"), TextAndTarget("", ())], layer / "sentiment")
    assert found[0].positive + found[0].negative == pytest.approx(1, abs=1e-6)
    assert found[1].reason == "no words"


def test_unclear_labels_are_asked_for(tmp_path: Path) -> None:
    source = checkpoint(tmp_path / "hub", ["LABEL_0", "LABEL_1"])
    with pytest.raises(Unclear, match=r"LABEL_0, LABEL_1.*--labels"):
        export_checkpoint(ModelChoice(str(source)), tmp_path / "out")
    told = ModelChoice(str(source), labels=("negative", "positive"))
    assert export_checkpoint(told, tmp_path / "out").labels == ("negative", "positive")


@pytest.mark.parametrize("labels", [("negative",), ("negative", "negative"), ("good", "bad")])
def test_labels_that_do_not_fit_are_refused(labels: tuple[str, ...]) -> None:
    with pytest.raises(Unclear):
        label_names(ModelChoice("x", labels=labels), {0: "a", 1: "b"})
