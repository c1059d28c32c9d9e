"""A text names the company, or it only looks like it; a search without "or" is asked in plain queries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.naming import hashtags, names_company, plain_queries
from tests.unit.collect.support import about

MARLBROOK = about("Marlbrook Pumps Ltd", domain="marlbrook.example")
TARGET = about("Target", domain="target.com", industry="Retail")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("we swapped our marlbrook pumps last week", True),
        ("Love my new #MarlbrookPumps!", True),
        ("see https://www.marlbrook.example/blog", True),
        ("Marlbrook's new valve", True),
        ("marlbrooke is a village", False),
        ("pumps of all kinds", False),
        ("", False),
    ],
)
def test_a_name_counts_as_words_or_as_a_hashtag(text: str, named: bool) -> None:
    assert names_company(text, MARLBROOK) is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We hit our target early", False),
        ("Target is changing retail again", True),
        ("ordered it at target.com", True),
    ],
)
def test_a_common_word_counts_only_beside_its_context(text: str, named: bool) -> None:
    assert names_company(text, TARGET) is named


def test_a_script_without_spaces() -> None:
    assert names_company("東芝は新しい工場を建設した", about("東芝"))
    assert not names_company("日立は新しい工場を建設した", about("東芝"))


def test_hashtags_have_neither_spaces_nor_dots() -> None:
    assert hashtags(MARLBROOK, 5) == ["marlbrookpumps", "marlbrook"]
    assert hashtags(MARLBROOK, 1) == ["marlbrookpumps"]
    assert hashtags(about(None, domain="xy.example"), 5) == []


def test_queries_keep_to_their_number_and_the_contact_comes_with_the_company() -> None:
    many = about("Target", domain="target.com", aliases=("Gap", "Nest", "Square"), contact="Ada Penrose")
    assert len(plain_queries(many, 3, contact=True)) == 3
    assert plain_queries(many, 3, contact=True)[-1] == '"Ada Penrose" "Target"'
    assert not any("Penrose" in query for query in plain_queries(many, 3))


@given(st.text(min_size=1, max_size=60).filter(str.strip), st.text(max_size=200))
def test_no_name_and_no_text_is_too_wild(name: str, text: str) -> None:
    question = about(name, domain="x.example")
    assert isinstance(names_company(text, question), bool)
    assert names_company(f"{text} x.example", question)
    assert all(query.count('"') % 2 == 0 for query in plain_queries(question, 4))
