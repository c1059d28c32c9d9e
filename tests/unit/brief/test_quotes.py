"""Which sentences are quoted: they name the prospect or carry a figure, and do not repeat."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.quotes import choose
from precall.headlines import headline
from precall.identity import identity_of
from precall.model import Mention
from tests.unit.brief.situation import brief
from tests.unit.rank.given import KESTREL, mention


def chosen(*told: Mention, must_name: bool = False) -> list[str]:
    return [quote.text for quote in choose(told, identity_of(KESTREL), must_name=must_name)]


def test_naming_goes_before_figures_and_figures_before_nothing() -> None:
    told = mention(
        "Kestrelon makes a deal in the Baltic",
        "The weather in Riga was fine all day long. The price is 80 million euros in cash. "
        "Kestrelon wants the port slots of the forwarder.",
    )
    assert chosen(told) == [
        "Kestrelon wants the port slots of the forwarder.",
        "The price is 80 million euros in cash.",
    ]


def test_a_story_in_passing_is_quoted_only_where_it_names_them() -> None:
    told = mention(
        "Linz port plans a new quay", "The quay costs 80 million euros. Tenants such as Kestrelon were asked."
    )
    assert chosen(told, must_name=True) == ["Tenants such as Kestrelon were asked."]


def test_the_headline_and_the_first_quote_are_not_said_again() -> None:
    told = (
        mention("Kestrelon buys the forwarder Nordfracht", "Kestrelon buys the forwarder Nordfracht."),
        mention("Deal", "Kestrelon pays 80 million euros in cash for it.", outlet="b.example"),
        mention("Deal", "Kestrelon pays 80 million euros in cash for it, too.", outlet="c.example"),
    )
    assert chosen(*told) == ["Kestrelon pays 80 million euros in cash for it."]


def test_two_at_most() -> None:
    text = (
        "Kestrelon builds a depot in Linz. A school for drivers opens at Kestrelon. "
        "Lawyers of Kestrelon sue the port. Electric trucks cost Kestrelon 9 million."
    )
    assert len(chosen(mention("News", text))) == 2


def test_no_quote_is_better_than_a_bad_one() -> None:
    assert chosen(mention("News", "But Kestrelon wants more than that, he said. Kestrelon will not…")) == []


def test_a_figure_is_quoted_without_their_name_only_where_the_headline_is_theirs() -> None:
    text = "The price is 80 million euros in cash."
    assert chosen(mention("Kestrelon buys Nordfracht", text)) == [text]
    assert chosen(mention("Stocks to watch: Kestrelon", text)) == []


def test_an_english_headline_is_not_explained_in_another_script() -> None:
    assert chosen(mention("Kestrelon grows", "Kestrelonは東京で新しい倉庫を開設した。")) == []
    assert len(chosen(mention("Kestrelonが東京に進出、物流拠点を新設", "Kestrelonは東京で新しい倉庫を開設した。"))) == 1


def test_what_is_new_is_quoted_before_what_had_long_been() -> None:
    told = mention(
        "A new face for the forwarder",
        "In 2020, Kestrelon set out to win the ports of the Baltic. Kestrelon opens an office in Riga next week. "
        "Kestrelon has shown its new vans in Linz today.",
    )
    assert chosen(told) == [
        "Kestrelon opens an office in Riga next week.",
        "Kestrelon has shown its new vans in Linz today.",
    ]


def test_a_dateline_that_has_grown_into_its_sentence_is_quoted_last() -> None:
    told = mention(
        "A new face for the forwarder",
        "VIENNA Kestrelon said on Wednesday it will paint its vans green. Green is what Kestrelon stands for by now. "
        "Kestrelon has shown its new vans in Linz today.",
    )
    assert not any(quote.startswith("VIENNA") for quote in chosen(told))


TRICKY = (
    "Kestrelon will not, Mr. Berg said, sell its depots in the U.S. this year.",
    "“Kestrelon is not for sale,” said Ada Berg, its head of operations.",
    "Kestrelon did not pay $1.5 million for Nordfracht Inc. in 2021.",
    "Kestrelon denies that it cut 40 jobs (none of them in Linz).",
    "No driver of Kestrelon was hurt, said Dr. Moss of St. Anna, the hospital.",
    "Kestrelon never said at 9 a.m. that No. 4 depot was closed!",
    "Nobody at Kestrelon expects 3.5 per cent growth without Graz.",
)
"""Sentences that mean the opposite when a part of them is shown."""
JOINTS = st.sampled_from([" ", "  ", "\n", "\n\n", " “", "… ", " (", " and "])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(TRICKY), JOINTS, st.integers(0, 90)), min_size=1, max_size=6))
def test_a_quote_is_a_whole_sentence_so_that_no_not_is_cut_off(parts: list[tuple[str, str, int]]) -> None:
    """Sentences one after the other, some with their beginning cut off, and brackets and quotation marks opened."""
    text = "".join(f"…{sentence[cut:]}{joint}" if cut < 30 else sentence + joint for sentence, joint, cut in parts)
    for quote in chosen(mention("Kestrelon and its depots", text)):
        assert quote in text
        assert quote.startswith(TRICKY), "begins in the middle of a sentence"
        assert quote.endswith(tuple(sentence[-20:] for sentence in TRICKY)), "ends before its sentence does"


@settings(max_examples=40)
@given(st.sampled_from(TRICKY), st.integers(10, 60), st.sampled_from(["…", "...", " [...]", ""]))
def test_what_was_cut_off_by_its_source_is_not_quoted(sentence: str, end: int, mark: str) -> None:
    assert chosen(mention("Kestrelon and its depots", sentence[:end].rstrip(" .!") + mark)) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TRICKY), min_size=1, max_size=4), st.booleans())
def test_a_title_is_never_passed_off_as_body_text(texts: list[str], repeats: bool) -> None:
    """Searches give the title again as the text: then the text says nothing of its own."""
    told = [
        mention(text, text if repeats else "", outlet=f"{at}.example", text_origin="snippet" if repeats else "none")
        for at, text in enumerate(texts)
    ]
    for story in brief(told).stories:
        assert story.headline.citations[0].field == "title"
        own = {headline(m) for m in told if m.id in story.mention_ids}
        assert story.headline.text in own
        assert not [s for s in story.sentences if s.citations[0].field != "text" or s.text == story.headline.text]


@pytest.mark.parametrize("word", ["not", "never", "denies", "without"])
def test_a_headline_that_is_too_long_for_its_line_is_cut_where_a_clause_ends(word: str) -> None:
    clause = "Kestrelon, the haulier from Linz that many in the Baltic had known for its night shifts since the war, "
    title = f"{clause * 2}will {word} " + "sell the depots of Nordfracht " * 8
    (line, *_) = brief([mention(title, "")]).bottom_line
    shown = line.text.split("“")[1].split("”")[0]
    assert shown.endswith("since the war…")
    assert len(shown) <= 240
