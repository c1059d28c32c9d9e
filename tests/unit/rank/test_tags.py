"""Names inside handles and hashtags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rank.model_files import Manifest
from rank.reading import TextAndTarget, read
from rank.tags import tags_with_names


def found(text: str, *names: str) -> list[str]:
    return [text[a:b] for a, b in tags_with_names(text, names)]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("no reply from @GlobexSupport", "Globex", ["@GlobexSupport"]),
        ("#BoycottGlobex and #GlobexFail!", "Globex Inc.", ["#BoycottGlobex", "#GlobexFail"]),
        ("cheers @EAMaddenNFL", "MaddenNFL", ["@EAMaddenNFL"]),
        ("@HomeDepotHelp is slow", "Home Depot", ["@HomeDepotHelp"]),
        ("#VivaTelefónica2024", "Telefónica", ["#VivaTelefónica2024"]),
        ("#GE_results", "GE", ["#GE_results"]),
        ("#GeNews", "GE", []),
        ("#globexology", "Globex", []),
        ("mail me@GlobexSupport", "Globex", []),
        ("#TargetPractice", "Target", []),
        ("GlobexSupport", "Globex", []),
        ("#Initech", "...", []),
    ],
)
def test_a_tag_counts_where_the_name_is_a_word_of_it(text: str, name: str, expected: list[str]) -> None:
    assert found(text, name) == expected


def test_a_text_that_names_its_target_in_a_tag_alone_is_about_it() -> None:
    reading = read(TextAndTarget("Stuck for hours, thanks @GlobexRail", ("Globex",), "en"), Manifest("any", {}))
    assert reading.about_target
    assert reading.windows == ("Stuck for hours, thanks « @GlobexRail »",)


def test_a_name_of_its_own_is_marked_and_tags_are_left_alone() -> None:
    reading = read(TextAndTarget("Globex is late #GlobexRail", ("Globex",), "en"), Manifest("any", {}))
    assert reading.windows == ("« Globex » is late #GlobexRail",)


@given(st.text(max_size=300), st.text(max_size=20))
def test_any_text_gives_spans_of_tags(text: str, name: str) -> None:
    assert all(span[0] in "@#" for span in found(text, name))
