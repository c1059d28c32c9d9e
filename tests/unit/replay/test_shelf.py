from __future__ import annotations

from datetime import UTC, datetime

import pytest

from replay.query import parse
from replay.shelf import UNDATED, Row, Shelf, window
from replay.textindex import needle

DAY = 86_400
NOW = datetime.fromtimestamp(100 * DAY, UTC)
ROWS = [
    Row("Acme opens plant", "The Acme plant in Brü\u00adhl employs 40.", "news.example", 99 * DAY, 99 * DAY),
    Row("Markets", "Shares of Acme’s rival — “Zenith” — fell; C3.ai, AT&T too.", "a.news.example", 98 * DAY, 98 * DAY),
    Row("Acmeology", "Nothing here.", "other.example", 97 * DAY, 97 * DAY),
    Row("Acme seen late", "Published early, crawled late.", "other.example", 90 * DAY, 101 * DAY),
    Row("Acme profile", "No date.", "other.example", UNDATED, 10 * DAY),
    Row("Old Acme", "Long ago\r\n\r\nin two  lines.", "old.example", 1 * DAY, 1 * DAY),
]


@pytest.fixture(scope="module")
def shelf() -> Shelf[int]:
    return Shelf(ROWS, lambda number: number)


def _found(shelf: Shelf[int], text: str) -> list[int]:
    query = parse(text)
    return [number for _, _, number in shelf.ranked(query.node, window(query, NOW))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme", [0, 5, 4, 1]),
        ('"acme plant"', [0]),
        ('"plant acme"', []),
        ("zenith", [1]),
        ("C3.ai", [1]),
        ("AT&T", [1]),
        ('"acme opens" OR zenith', [0, 1]),
        ("acme -plant", [5, 4, 1]),
        ("acme site:news.example", [0, 1]),
        ("acme site:example", [0, 5, 4, 1]),
        ("acme site:ws.example", []),
        ("acme when:7d", [0, 4, 1]),
        ("acme when:24h", [0, 4]),
        ("acme before:1970-04-11", [0, 5, 4, 1]),
        ("acme before:1970-04-10", [5, 4, 1]),
        ("acme before:1970-04-09", [5, 4]),
        ("acme after:1970-04-10", [0, 4]),
        ('"in two lines"', [5]),
        ('"opens plant the"', []),
    ],
)
def test_search(shelf: Shelf[int], text: str, expected: list[int]) -> None:
    assert _found(shelf, text) == expected


def test_nothing_from_after_the_moment_is_found(shelf: Shelf[int]) -> None:
    assert 3 not in _found(shelf, "acme OR crawled")


def test_a_title_comes_before_a_newer_text(shelf: Shelf[int]) -> None:
    assert _found(shelf, "acme").index(5) < _found(shelf, "acme").index(1)


@pytest.mark.parametrize("text", ["", "&&", "—", "“”"])
def test_no_letter_no_needle(text: str) -> None:
    assert needle(text) == b""


def test_separators_in_a_text_do_no_harm() -> None:
    shelf = Shelf([Row("a\x01b\x02c", "d\x01e", "", 0, 0), Row("f", "g", "", 0, 0)], lambda number: number)
    assert len(shelf) == 2
    assert _found(shelf, '"d e"') == [0]
    assert _found(shelf, "f") == [1]
