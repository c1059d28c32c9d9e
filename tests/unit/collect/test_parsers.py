"""Recorded answers of each search become mentions; broken ones become a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from collect.sources import bing_news, google_news, hacker_news
from precall.model import DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import ASKED_AT, about, page, recorded


def test_google_news() -> None:
    batch = google_news.parse(recorded("google_news.xml"), about())
    first, second, third = batch.mentions
    assert batch.flaw is None
    assert first.title == "Marlbrook Pumps buys rival - and a harbour"
    assert (first.outlet, first.outlet_name) == ("fenwickpost.co.uk", "The Fenwick Post")
    assert first.url == "https://news.google.com/rss/articles/CBMiAAAA1"
    assert (first.text, first.text_origin) == ("", TextOrigin.NONE)
    assert first.published_at == datetime(2026, 2, 28, 9, 30, tzinfo=UTC)
    assert (first.published_from, first.fetched_at, first.language) == (DateOrigin.FEED, ASKED_AT, "en")
    assert second.title == "Pump makers & the price of steel soars"
    assert second.published_at is None
    assert second.published_from is None
    assert third.published_at is None


def test_google_news_with_nothing_found() -> None:
    batch = google_news.parse(recorded("google_news_empty.xml"), about())
    assert (batch.mentions, batch.flaw) == ((), None)


def test_google_news_with_changed_fields() -> None:
    batch = google_news.parse(recorded("google_news_changed.xml"), about())
    (found,) = batch.mentions
    assert (found.title, found.outlet, found.outlet_name) == (
        "Marlbrook hires a chief engineer",
        "google.com",
        "Google News",
    )
    assert batch.flaw == "2 entries have no title or no usable link"


@pytest.mark.parametrize(
    ("name", "flaw"),
    [("consent.html", "the feed is an HTML page"), ("captcha.html", "the feed is a captcha")],
)
def test_pages_instead_of_feeds_are_never_mentions(name: str, flaw: str) -> None:
    for parse in (google_news.parse, bing_news.parse):
        batch = parse(recorded(name, "text/html; charset=utf-8"), about())
        assert (batch.mentions, batch.flaw) == ((), flaw)


def test_bing_news() -> None:
    batch = bing_news.parse(recorded("bing_news.xml", "text/xml"), about())
    first, second, third = batch.mentions
    assert first.url == "https://www.fenwickpost.co.uk/business/marlbrook?id=7"
    assert (first.outlet, first.outlet_name) == ("fenwickpost.co.uk", "The Fenwick Post")
    assert first.text.endswith("40 million pounds for Hexley Valves & its quay ...")
    assert first.text_origin == TextOrigin.SNIPPET
    assert (second.outlet, second.outlet_name) == ("msn.com", "Tidemark on MSN")
    assert (second.text, second.text_origin, second.published_at) == ("", TextOrigin.NONE, None)
    assert third.url.startswith("http://www.bing.com/news/apiclick.aspx?")


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
    assert comment.title == "Marlbrook open-sources its controller"
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
        ("<html><h1>502</h1>", "the answer is an HTML page"),
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
