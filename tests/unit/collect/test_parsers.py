"""Recorded answers of each search become mentions; broken ones become a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from collect.sources import bing_news, google_news
from precall.model import DateOrigin, TextOrigin
from tests.unit.collect.support import ASKED_AT, about, recorded


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
    [("consent.html", "a consent page instead of the feed"), ("captcha.html", "blocked by a captcha")],
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
