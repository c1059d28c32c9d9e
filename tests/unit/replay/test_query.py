from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.nodes import All, Everything, Node, Not, OneOf, Site, Term
from replay.query import parse, parse_words

words = st.text("abcdefghijklmnopqrstuvwxyzäé0123456789", min_size=1, max_size=8)
terms = words.map(Term) | st.lists(words, min_size=2, max_size=3).map(lambda some: Term(" ".join(some)))
leaves = terms | words.map(lambda word: Site(f"{word}.example")) | terms.map(Not)


def _groups(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return several.map(OneOf) | several.map(All)


trees = st.recursive(leaves, _groups, max_leaves=8)


def _written(node: Node) -> str:
    match node:
        case Term(text):
            return f'"{text}"'
        case Site(host):
            return f"site:{host}"
        case Not(inner):
            return f"-{_written(inner)}"
        case OneOf(nodes):
            return "(" + " OR ".join(map(_written, nodes)) + ")"
        case All(nodes):
            return "(" + " ".join(map(_written, nodes)) + ")"
        case Everything():
            return ""


@given(trees)
def test_what_is_written_is_read_back(tree: Node) -> None:
    assert parse(_written(tree)).node == tree


@given(st.text('ab"()-: OR', max_size=60) | st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    parse(text)
    parse_words(text)


@pytest.mark.parametrize("text", ["", "   ", '"', '""', "()", "OR", "- ( OR )", "&", "when:7d"])
def test_nothing_to_find_finds_nothing(text: str) -> None:
    assert parse(text).node == All(())


def test_or_binds_tighter_than_side_by_side() -> None:
    expected = All((Term("acme"), OneOf((Term("raises"), Term("funding")))))
    assert parse("acme raises OR funding").node == expected


def test_a_minus_refuses_words_phrases_and_groups() -> None:
    refused = (Not(Term("b")), Not(Term("c d")), Not(OneOf((Term("e"), Term("f")))))
    assert parse('a -b -"c d" -(e OR f)').node == All((Term("a"), *refused))


def test_a_hyphen_inside_of_a_word_refuses_nothing() -> None:
    assert parse("build-a-robot").node == Term("build-a-robot")


def test_an_open_quote_ends_with_the_text() -> None:
    assert parse('"open end').node == Term("open end")


@pytest.mark.parametrize(
    ("text", "within"),
    [("24h", timedelta(hours=24)), ("7d", timedelta(days=7)), ("1m", timedelta(days=30)), ("1y", timedelta(days=365))],
)
def test_when_is_an_age(text: str, within: timedelta) -> None:
    assert parse(f"acme when:{text}").within == within


def test_after_and_before_are_days_in_utc() -> None:
    query = parse("acme after:2026-01-31 before:2026-02-28")
    assert (query.after, query.before) == (datetime(2026, 1, 31, tzinfo=UTC), datetime(2026, 2, 28, tzinfo=UTC))
    assert query.node == Term("acme")


def test_a_date_that_is_none_is_a_word() -> None:
    query = parse("acme after:2026-02-31")
    assert query.after is None
    assert query.node == All((Term("acme"), Term("after:2026-02-31")))


def test_deep_brackets_do_not_exhaust_the_stack() -> None:
    parse("(" * 5000 + "a")


def test_words_of_hacker_news_must_all_match() -> None:
    assert parse_words('acme "two words" -not OR') == All(
        (Term("acme"), Term("two words"), Not(Term("not")), Term("OR"))
    )
    assert parse_words("") == Everything()
