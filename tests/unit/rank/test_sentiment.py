"""`score` on a made-up model that counts words: what is marked, pooled, refused, and what happens to bad input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from rank.model_files import Manifest
from rank.onnx_model import Text
from rank.sentiment import Sentiment, TextAndTarget, judge, not_scored, probabilities

MANIFEST = Manifest(name="words", files={})


class FakeModel:
    """Likes "good" and dislikes "bad" when they come right after the marked name; remembers what it was given."""

    def __init__(self, manifest: Manifest = MANIFEST) -> None:
        self.manifest, self.seen = manifest, list[object]()

    def run(self, texts: Sequence[Text]) -> NDArray[np.float32]:
        self.seen += texts
        rows = [(4.0 * ("» bad" in text), 0.0, 4.0 * ("» good" in text)) for text in texts]
        return np.array(rows, dtype=np.float32)


def judged(text: str, *names: str, language: str | None = "en") -> Sentiment:
    return judge(FakeModel(), [TextAndTarget(text, names, language)])[0]


def test_the_target_is_judged_and_not_its_rival() -> None:
    assert judged("Acme good, Bolt bad", "Acme").label == "positive"
    assert judged("Acme good, Bolt bad", "Bolt").label == "negative"


def test_aliases_are_marked_too() -> None:
    model = FakeModel()
    judge(model, [TextAndTarget("AWI good", ("Acme Widgets", "AWI"), "en")])
    assert model.seen == ["« AWI » good"]


def test_a_text_that_does_not_name_the_target_is_general_tone() -> None:
    found = judged("The market falls", "Acme")
    assert found.scored
    assert not found.about_target
    assert judged("Acme falls", "Acme").about_target


def test_probabilities_sum_to_one_and_value_is_signed() -> None:
    found = judged("Acme bad news", "Acme")
    assert found.negative + found.neutral + found.positive == pytest.approx(1)
    assert found.value == pytest.approx(found.positive - found.negative)
    assert found.value < -0.8


def test_opposite_tones_in_a_long_text_cancel_out() -> None:
    filler = "Nothing of note happened on that day in the whole of the town. " * 30
    found = judged(f"Acme good. {filler} Acme bad. {filler}", "Acme")
    assert found.value == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("text", ["", " \t\n", "🎉🔥", "123 %"])
def test_text_without_words_is_not_scored(text: str) -> None:
    found = judged(text, "Acme")
    assert not found.scored
    assert found.reason == "no words"
    assert (found.label, found.value) == ("not scored", 0)


def test_other_languages_are_not_guessed() -> None:
    assert judged("Acme gewinnt", "Acme", language="de").reason == "language de"
    assert judged("Acme wins", "Acme", language="en-GB").scored
    assert judged("Компания Acme объявила о сделке", "Acme", language=None).reason == "language not known"
    anything = replace(MANIFEST, languages=("*",))
    assert judge(FakeModel(anything), [TextAndTarget("Acme gewinnt", ("Acme",), "de")])[0].scored


def test_results_keep_the_order_of_the_texts() -> None:
    texts = ["Acme good", "", "Acme bad", "The rest", "Acme good indeed"]
    labels = [s.label for s in judge(FakeModel(), [TextAndTarget(t, ("Acme",), "en") for t in texts])]
    assert labels == ["positive", "not scored", "negative", "neutral", "positive"]


def test_nothing_but_unreadable_texts_never_reaches_the_model() -> None:
    model = FakeModel()
    assert judge(model, [TextAndTarget("", ("Acme",))]) == [not_scored("no words")]
    assert model.seen == []


def test_a_huge_text_is_read_in_a_few_windows() -> None:
    model = FakeModel()
    judge(model, [TextAndTarget("Acme good news again. " * 5000, ("Acme",), "en")])
    assert 0 < len(model.seen) <= 6


def test_pair_and_plain_models_get_the_target_their_way() -> None:
    pair, plain = FakeModel(replace(MANIFEST, input="pair")), FakeModel(replace(MANIFEST, input="plain"))
    asked = [TextAndTarget("Acme wins", ("Acme",), "en")]
    assert judge(pair, asked)[0].about_target
    assert not judge(plain, asked)[0].about_target
    assert (pair.seen, plain.seen) == ([("Acme wins", "Acme")], ["Acme wins"])


def test_calibration_is_that_of_the_kind_of_text() -> None:
    calibration = {"target": {"temperature": 2.0, "bias": [0, 0, 0]}, "tone": {"temperature": 1.0, "bias": [0, 9, 0]}}
    manifest = replace(MANIFEST, calibration=calibration)
    logits = np.array([[2.0, 0.0, 0.0]], dtype=np.float32)
    assert probabilities(logits, manifest, about_target=True)[0, 0] == pytest.approx(np.e / (np.e + 2))
    assert probabilities(logits, manifest, about_target=False)[0].argmax() == 1


def test_a_model_of_two_classes_leaves_neutral_at_zero() -> None:
    class Two(FakeModel):
        def run(self, texts: Sequence[Text]) -> NDArray[np.float32]:
            return np.array([[0.0, 2.0]] * len(texts), dtype=np.float32)

    found = judge(Two(replace(MANIFEST, labels=("negative", "positive"))), [TextAndTarget("Acme wins", ("Acme",))])[0]
    assert found.neutral == 0
    assert found.label == "positive"
