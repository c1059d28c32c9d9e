"""The models that the layer ships: they load, agree with their card's claims on plain cases, and survive bad input."""

from __future__ import annotations

import pytest

pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")
np = pytest.importorskip("numpy")

from rank.embedding import embed  # noqa: E402
from rank.model_files import model_folder  # noqa: E402
from rank.sentiment import Sentiment, TextAndTarget, score  # noqa: E402

pytestmark = pytest.mark.skipif(not model_folder("sentiment").exists(), reason="the models are not in this checkout")


def one(text: str, *names: str, language: str | None = "en") -> Sentiment:
    return score([TextAndTarget(text, names, language)])[0]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Globex shares soar after record profit", "Globex", "positive"),
        ("Globex recalls 40,000 heaters after fires injure customers", "Globex", "negative"),
        ("Globex lays off 2,000 workers", "Globex", "negative"),
        ("Globex shares plunge after profit warning", "Globex", "negative"),
        ("Globex will hold its annual meeting on 4 May", "Globex", "neutral"),
        ("Globex gains as Initech plunges on profit warning", "Globex", "positive"),
        ("Globex gains as Initech plunges on profit warning", "Initech", "negative"),
    ],
)
def test_plain_cases(text: str, name: str, label: str) -> None:
    found = one(text, name)
    assert found.label == label
    assert found.about_target


def test_the_same_text_scores_the_same_alone_and_in_company() -> None:
    texts = [f"Globex signs contract number {i} " + "with a supplier " * (i % 9) for i in range(60)]
    together = score([TextAndTarget(t, ("Globex",), "en") for t in texts])
    alone = [one(t, "Globex") for t in texts]
    assert max(abs(a.value - b.value) for a, b in zip(together, alone, strict=True)) < 0.15


@pytest.mark.parametrize(
    "text", ["", " \n ", "🎉🎉", "x" * 100_000, "Globex " * 15_000, "\x00\ufffd Globex", "Globex\u202e"]
)
def test_bad_input_gives_a_result(text: str) -> None:
    found = one(text, "Globex")
    total = found.negative + found.neutral + found.positive
    assert total == pytest.approx(1 if found.scored else 0)


def test_other_scripts_are_not_scored() -> None:
    assert not one("グロベックスの株価が急落した", "Globex", language=None).scored


def test_embeddings_are_unit_vectors_that_know_the_same_story() -> None:
    a, b, c = embed(
        ["Globex buys Initech for $2bn", "Initech acquired by Globex in $2bn deal", "Rain expected in Oslo"]
    )
    assert np.linalg.norm(a) == pytest.approx(1, abs=1e-3)
    assert a @ b > 0.6 > a @ c
    assert embed([]).shape[0] == 0
