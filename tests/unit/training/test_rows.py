"""What a row becomes before the model sees it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from training.epochs import Epochs, class_shares, swap, undisputed
from training.recipe import Recipe, data_root, permissive
from training.rows import Row, around_mark, mark, to_row, training_rows

NAMES = ["Nimbus", "Globex"]


def test_the_annotated_span_comes_first() -> None:
    row = to_row({"text": "Acme and Acme", "target": "Acme", "label": 2, "src": "newsmtsc", "frm": 9, "to": 13})
    assert row is not None
    assert row.spans == ((9, 13), (0, 4))


def test_a_row_whose_target_is_not_in_its_text_is_left_out() -> None:
    assert to_row({"text": "@user fails", "target": "acme", "label": 0, "src": "semeval_ce"}) is None


def test_swap_replaces_every_occurrence_and_keeps_the_first() -> None:
    row = Row("Acme sued Acme Labs", 0, "newsmtsc", ((10, 14), (0, 4)))
    swapped = swap(row, "Nimbus")
    assert swapped.text == "Nimbus sued Nimbus Labs"
    assert [swapped.text[a:b] for a, b in swapped.spans] == ["Nimbus", "Nimbus"]
    assert swapped.spans[0] == (12, 18)


def test_a_long_text_keeps_its_mark() -> None:
    text = mark("word " * 300 + "Acme" + " word" * 300, [(1500, 1504)])
    cut = around_mark(text)
    assert "« Acme »" in cut
    assert len(cut.split()) <= 90


def test_texts_with_conflicting_targets_have_no_general_tone() -> None:
    rows = [Row("a b", 0, "sentfin", ((0, 1),)), Row("a b", 2, "sentfin", ((2, 3),)), Row("c", 2, "sentfin", ((0, 1),))]
    assert undisputed(rows) == [Row("c", 2, "sentfin")]


def test_an_epoch_is_the_same_for_the_same_seed_and_differs_from_the_next() -> None:
    rows = [Row(f"Acme says {i}", i % 3, "newsmtsc", ((0, 4),)) for i in range(60)]
    recipe = Recipe(sources={"newsmtsc": 1.5})
    one, again = Epochs(rows, NAMES, recipe), Epochs(rows, NAMES, recipe)
    assert one.draw(0) == again.draw(0)
    assert one.draw(0) != one.draw(1)
    assert len(one.draw(0)) == 90 + round(60 * recipe.tone_share)
    assert any("« Nimbus »" in e.text or "« Globex »" in e.text for e in one.draw(0))


def test_class_shares_sum_to_one() -> None:
    shares = class_shares([Row("a", 0, "x"), Row("b", 0, "x"), Row("c", 2, "x")])["x"]
    assert sum(shares) == pytest.approx(1)
    assert shares[0] > shares[2] > shares[1] > 0


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "\n".join(map(json.dumps, rows)).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def test_no_development_or_evaluation_text_is_trained_on(tmp_path: Path) -> None:
    def row(text: str, src: str = "sentfin") -> dict[str, object]:
        return {"text": text, "target": "", "label": 1, "src": src}

    texts = ["Seen in dev!", "Seen in FPB", "Fine", "Fine", "A tweet"]
    write(tmp_path / "sentiment-train/train.jsonl.gz", [*map(row, texts[:4]), row(texts[4], "tweeteval")])
    write(tmp_path / "sentiment-train/dev.jsonl.gz", [row("seen, in dev")])
    write(tmp_path / "fpb/sentences.jsonl", [{"text": "seen in fpb .", "label": "neutral"}])
    assert [r.text for r in training_rows(tmp_path, Recipe())] == ["Fine", "A tweet"]
    assert [r.text for r in training_rows(tmp_path, permissive())] == ["Fine"]


def test_missing_data_names_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRECALL_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="PRECALL_DATA"):
        data_root()
