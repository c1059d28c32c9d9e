"""Finding the target's names, and which windows of a long text are read."""

from __future__ import annotations

import pytest

from rank.target_text import MAX_WINDOWS, find_names, fits, mark, sentences, windows


def found(text: str, *names: str) -> list[str]:
    return [text[a:b] for a, b in find_names(text, names)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Acme's shares slump", "Acme", ["Acme"]),
        ("Shares of ACME slump", "Acme", ["ACME"]),
        ("Home Depot and #HomeDepot and home-depot", "HomeDepot", ["HomeDepot"]),
        ("I love Home Depot", "HomeDepot", ["Home Depot"]),
        ("CSGO is fun", "CS-GO", ["CSGO"]),
        ("Johnson & Johnson recalls powder", "johnson&johnson", ["Johnson & Johnson"]),
        ("Assassin's Creed is out", "AssassinsCreed", ["Assassin's Creed"]),
        ("Tesco rethinks its shops", "Tesco PLC", ["Tesco"]),
        ("AWI rises", "Acme Widgets Inc. (AWI)", ["AWI"]),
        ("Acmeology is no company", "Acme", []),
        ("Macmenace", "Acme", []),
        ("@Acme_Support answers", "Acme", ["Acme"]),
        ("nothing here", "Acme", []),
        ("a+b", "...", []),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str, expected: list[str]) -> None:
    assert found(text, name) == expected


def test_a_name_that_is_an_ordinary_word_must_be_written_as_a_name() -> None:
    assert found("They missed the target again", "Target") == []
    assert found("Target missed its target", "Target") == ["Target"]


def test_text_or_names_without_capitals_are_matched_all_the_same() -> None:
    assert found("omg target is out of everything", "Target") == ["target"]
    assert found("Apple opens a shop", "apple") == ["Apple"]


def test_exact_writing_wins_over_other_case() -> None:
    assert found("Nimbus sells maps of the nimbus cloud", "Nimbus") == ["Nimbus"]


def test_aliases_do_not_overlap() -> None:
    assert found("Acme Widgets and Acme", "Acme Widgets", "Acme") == ["Acme Widgets", "Acme"]


def test_marks_go_around_each_span() -> None:
    assert mark("Acme sues Bolt", [(0, 4), (10, 14)], ("<", ">")) == "<Acme> sues <Bolt>"


def test_a_short_text_is_one_window() -> None:
    assert windows("Acme wins. Bolt loses.", [(0, 4)]) == [(0, 22)]


def test_windows_of_a_long_text_hold_the_target() -> None:
    filler = "Nothing of note happened on that day in the whole of the town. " * 30
    text = filler + "Acme was fined. " + filler + "Critics praised Acme. " + filler
    spans = find_names(text, ["Acme"])
    chosen = windows(text, spans)
    assert len(chosen) == 2
    for (start, end), (a, b) in zip(chosen, spans, strict=True):
        assert start <= a < b <= end
        assert fits(text[start:end])


def test_without_a_target_the_beginning_is_read() -> None:
    text = "A line of text that goes on for a while. " * 100
    chosen = windows(text, [])
    assert chosen[0][0] == 0
    assert len(chosen) <= MAX_WINDOWS
    assert chosen[-1][1] < len(text)


def test_windows_are_bounded_however_often_the_target_comes() -> None:
    text = ("Acme did something else that day, and then it rained for a very long time indeed. " * 5 + "\n") * 200
    assert len(windows(text, find_names(text, ["Acme"]))) == MAX_WINDOWS


def test_one_endless_word_is_cut() -> None:
    text = "x" * 100_000
    assert all(end - start < 1000 for start, end in windows(text, []))
    assert "".join(text[a:b] for a, b in sentences(text)) == text
