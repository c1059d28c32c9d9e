"""Which sentences are quoted: they name the prospect or carry a figure, and do not repeat."""

from __future__ import annotations

from brief.quotes import choose
from precall.identity import identity_of
from precall.model import Mention
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
