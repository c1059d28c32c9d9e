"""Texts of sources become plain, bounded text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collect.plain import cut, summary_of, text_of, text_of_html, title_of


def test_html_becomes_what_a_reader_sees() -> None:
    markup = "<p>Caf&eacute; &amp; bar</p><script>x()</script><ul><li>one<li>two</ul><style>p{}</style>end"
    assert text_of_html(markup) == "Café & bar\none\ntwo\nend"


def test_an_unclosed_script_hides_the_rest_rather_than_showing_it() -> None:
    assert text_of_html("seen<script>alert(1)") == "seen"


def test_titles_are_one_line() -> None:
    assert title_of("A\n  <b>bold</b> move &amp; more", is_html=True) == "A bold move & more"
    assert title_of("a < b &amp; c") == "a < b & c"
    assert len(title_of("word " * 200)) <= 300


def test_half_a_character_reference_becomes_its_character() -> None:
    assert title_of("Fares rise to #39;cushion#39; drivers") == "Fares rise to 'cushion' drivers"
    assert title_of("Q&amp;#39;s answer") == "Q's answer"
    assert text_of("Ranked #38; rising") == "Ranked & rising"
    assert title_of("Ticket #39 sold; ticket #40 too") == "Ticket #39 sold; ticket #40 too"


def test_invisible_and_direction_characters_are_removed() -> None:
    assert text_of("a\u202eb\u200bc\x00d\ud800e") == "abcde"


def test_cutting_happens_between_words() -> None:
    assert cut("one two three", 9) == "one two…"
    assert cut("x" * 20, 10) == "x" * 9 + "…"
    assert cut("one two", 7) == "one two"


def test_what_wordpress_adds_is_no_sentence_of_the_article() -> None:
    assert summary_of("<p>Real.</p><p>The post <a>Title</a> appeared first on <a>Blog</a>.</p>") == "Real."
    assert summary_of("<p>The post office moved.</p>") == "The post office moved."


@given(st.text(max_size=500))
def test_any_markup_gives_bounded_text(markup: str) -> None:
    text = text_of_html(markup * 3)
    assert len(text) <= 20_000
    assert "\x00" not in text
    text.encode()


def test_deep_and_long_markup_is_no_problem() -> None:
    assert text_of_html("<div>" * 50_000 + "deep") == "deep"
    assert len(text_of_html("word " * 1_000_000)) <= 20_000
