"""The cases of the bench `feeds` say what the tests that they come from say."""

from __future__ import annotations

from bench.feed_cases import feedparser_cases, gofeed_cases
from collect.feed_entries import Entry

FEED = b"<!--\nExpect:      not bozo and entries[0]['title'] == 'A title'\n-->\n<rss/>"


def test_a_comparison_of_one_field_becomes_a_case() -> None:
    (case,) = feedparser_cases({"a.xml": FEED})
    assert (case.field, case.index, case.expected) == ("title", 0, "A title")
    assert case.agrees(case.read(Entry("A title", "")))
    assert not case.agrees("Another")
    assert not case.agrees(None)


def test_what_is_about_the_feed_or_about_headers_does_not_apply() -> None:
    assert not feedparser_cases(
        {"a.xml": FEED.replace(b"entries[0]", b"feed"), "b.xml": b"Header: Content-Location" + FEED}
    )


def test_expected_json_becomes_a_case_for_each_field() -> None:
    expected = b"""{"items": [{"title": "<b>A</b>", "link": "http://a.example/",
                    "publishedParsed": "2026-01-02T03:04:05Z",
                    "author": {"name": "Ada Penrose", "email": "ada@a.example"}}]}"""
    cases = {case.field: case for case in gofeed_cases({"x/a.xml": b"<rss/>", "x/a.json": expected})}
    assert sorted(cases) == ["author", "date", "link", "title"]
    assert cases["title"].agrees("A")
    assert cases["date"].expected == "2026-01-02T03:04:05+00:00"
    assert cases["author"].agrees("Ada Penrose, Joris Vane")
