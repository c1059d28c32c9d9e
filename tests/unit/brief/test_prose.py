"""A quote is a whole sentence, verbatim, that stands without its neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief.prose import sentences, stands_alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One is here. Two is there! Is three? Yes.", ["One is here.", "Two is there!", "Is three?", "Yes."]),
        (
            "Dr. Berg of Kestrelon Inc. met the U.S. envoy. It rained.",
            ["Dr. Berg of Kestrelon Inc. met the U.S. envoy.", "It rained."],
        ),
        ("Sales rose 3.5 percent to $1.2 billion. More follows", ["Sales rose 3.5 percent to $1.2 billion."]),
        ('"We grow," Berg said. "We hire."', ['"We grow," Berg said.', '"We hire."']),
        ("The plan “Go.” was dropped. Nobody knows why.", ["The plan “Go.” was dropped.", "Nobody knows why."]),
        ("Headline without an end\nThe text begins here.", ["The text begins here."]),
        ("Kestrelon said it would not…", []),
        ("Kestrelon said it would not ...", []),
        ("Kestrelon will buy the for… [+1759 chars]", []),
        ("tail of a sentence that was cut off. A whole one.", ["A whole one."]),
        ('He left. "It is open and never', ["He left."]),
        ("A bracket (that never closes. Fine again.", ["Fine again."]),
        ("The envoy came from the U.S.", []),
        ("東京で新しい倉庫を開設した。詳細は未定だ。", ["東京で新しい倉庫を開設した。", "詳細は未定だ。"]),
        ("افتتحت الشركة مستودعا؟ نعم.", ["افتتحت الشركة مستودعا؟", "نعم."]),
        ("", []),
    ],
)
def test_sentences_are_whole_or_left_out(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected


@given(st.text(alphabet=st.sampled_from('abcDEF .!?"“”()…\n1,東。'), max_size=300))
def test_every_sentence_is_verbatim_and_ends_like_one(text: str) -> None:
    start = 0
    for sentence in sentences(text):
        start = text.index(sentence, start) + len(sentence)
        assert sentence.rstrip("\"'”’»)]」』）")[-1:] in tuple(".!?。")
        assert "\n" not in sentence


@given(st.text(max_size=2000))
def test_any_text_is_survived(text: str) -> None:
    assert all(sentence in text for sentence in sentences(text))


@pytest.mark.parametrize(
    "sentence",
    [
        "But its owners wanted far more than that in the end.",
        "When you take a Kestrelon van, the ratings go both ways.",
        "Unofficially called the swipe, this feature has been on Kestrelon phones for years.",
        "82 with 59 posters participating Kestrelon is entering the hardware market.",
        "Recap: Kestrelon announced in spring that it was testing a smart player.",
        "However, the cartel office has to agree to the deal.",
        "He said the company would hire 400 drivers this year.",
        "“We will hire,” she said on Monday in Linz before the press.",
        "The company also plans a school for its drivers in Linz.",
        "This is the third deal of its kind within a single year.",
        "If those names don't ring a bell, Berg is the founder of Kestrelon.",
        "Kestrelon claims to have solved that with sealed joints in its arm.",
        "Kestrelon has a new truck in the works The world of trucks has got smaller.",
        "Subscribe to our newsletter for more news about logistics.",
        "Read more about the deal and its price on our front page.",
        "We may earn a commission when you buy through our links.",
        "A worker loads a truck on August 19, 2020 in Linz, Austria.",
        "<b>Kestrelon</b> will buy the Baltic forwarder Nordfracht.",
        "Will Kestrelon buy the Baltic forwarder Nordfracht soon?",
        "You love it when your driver says that you are the best.",
        "Too short.",
        "Kestrelon " + "very " * 80 + "long.",
        "Kestrelonâs drivers walked out on Monday over night shifts.",
    ],
)
def test_what_leans_on_its_neighbours_or_is_no_statement_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kestrelon will not buy the Baltic forwarder Nordfracht.",
        "The cartel office did not approve the sale of Nordfracht.",
        "Berg of Kestrelon told The Courier that the depot opens in May.",
        "Starting in May, Kestrelon runs 40 electric trucks in Linz.",
        "東京で新しい倉庫を開設したと発表した。",
    ],
)
def test_a_statement_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)
