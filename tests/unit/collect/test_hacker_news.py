"""Hacker News: recorded answers become mentions; broken ones become a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from collect.sources import hacker_news
from collect.sources.hacker_news import queries
from precall.model import DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import about, page, recorded


def test_a_name_inside_another_is_asked_for_once() -> None:
    asked = queries(about("Uber Technologies, Inc.", domain="uber.com", contact="Ada Penrose"))
    assert asked == ['"Uber"', '"uber.com"', '"Ada Penrose" "Uber Technologies"']


def test_a_common_word_is_asked_for_beside_what_tells_it_from_the_word() -> None:
    asked = queries(about("Target", domain="target.com", industry="Retail trade"))
    assert asked == ['"Target" "Retail"', '"Target" "trade"', '"target.com"']


def test_hacker_news() -> None:
    batch = hacker_news.parse(recorded("hacker_news.json", "application/json"), about())
    story, question, comment = batch.mentions
    assert batch.flaw is None
    assert {found.kind for found in batch.mentions} == {Kind.FORUM}
    assert {found.outlet for found in batch.mentions} == {"news.ycombinator.com"}
    assert (story.url, story.text_origin) == ("https://news.ycombinator.com/item?id=47000001", TextOrigin.NONE)
    assert story.engagement is not None
    assert (story.engagement.points, story.engagement.comments) == (120, 31)
    assert (story.published_at, story.published_from) == (datetime(2026, 2, 20, 8, tzinfo=UTC), DateOrigin.API)
    assert question.text == 'I run 12 Marlbrook pumps.\nWhich gauge do you "trust"?'
    assert comment.title == "Comment on: Marlbrook open-sources its controller"
    assert comment.text == "We used Marlbrook for years & liked it.\nhttps://x.example/a\nset p=1"
    assert (comment.author, comment.text_origin) == ("tavish", TextOrigin.POST)


def test_hacker_news_with_changed_fields() -> None:
    batch = hacker_news.parse(recorded("hacker_news_changed.json", "application/json"), about())
    odd, far = batch.mentions
    assert (odd.title, odd.published_at, odd.published_from) == ("Odd numbers", None, None)
    assert odd.engagement is not None
    assert (odd.engagement.points, odd.engagement.comments) == (0, 0)
    assert far.published_at is None
    assert batch.flaw == "5 of 7 hits could not be read"


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("", "the answer is empty"),
        ("<html><h1>502</h1>", "an HTML page instead of the answer"),
        ('{"hits": [', "the answer is no JSON"),
        ("[" * 100_000, "the answer is no JSON"),
        ("[]", "the answer has no list of hits"),
        ('{"hits": {}}', "the answer has no list of hits"),
        ('{"hits": null}', "the answer has no list of hits"),
    ],
)
def test_hacker_news_with_something_else(body: str, flaw: str) -> None:
    batch = hacker_news.parse(page(body, "application/json"), about())
    assert (batch.mentions, batch.flaw) == ((), flaw)


def test_hacker_news_with_nothing_found() -> None:
    batch = hacker_news.parse(page('{"hits": [], "nbHits": 0}'), about())
    assert (batch.mentions, batch.flaw) == ((), None)
