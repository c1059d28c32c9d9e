"""A feed in any state gives its entries and says what was wrong with it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.dates import from_epoch, from_feed, from_iso_day
from collect.feeds import read_feed, what_it_is
from tests.unit.collect.support import page, recorded


@pytest.mark.parametrize(
    ("body", "kind", "flaw"),
    [
        ("", "application/xml", "the feed is empty"),
        ("  \n", "application/xml", "the feed is empty"),
        ("<!doctype html><h1>Moved</h1>", "application/rss+xml", "the feed is an HTML page"),
        ("oops", "text/html", "the feed is an HTML page"),
        ("oops", "text/plain", "the feed is no feed"),
        ('{"status":"error"}', "application/json", "the feed is no feed"),
        ("<a><b/></a>", "application/xml", "the feed is no feed"),
        ("\x00\x01\x02", "application/xml", "the feed is no feed"),
    ],
)
def test_what_is_no_feed_gives_no_entries_and_a_reason(body: str, kind: str, flaw: str) -> None:
    feed = read_feed(page(body, kind))
    assert (feed.entries, feed.flaw) == ((), flaw)


def test_a_body_that_is_a_file_name_is_not_opened() -> None:
    assert read_feed(page(str(__file__))).flaw == "the feed is no feed"


def test_a_captcha_is_called_one_but_a_page_with_a_captcha_in_it_is_a_page() -> None:
    captcha = recorded("captcha.html", "text/html")
    assert what_it_is(captcha) == "a captcha"
    long = page("<html>" + "<p>Our pumps run for years without care. </p>" * 60 + "<div class=g-recaptcha></div>")
    assert what_it_is(long) == "an HTML page"


def test_a_malformed_feed_is_read_as_far_as_it_goes() -> None:
    feed = read_feed(page("<rss version='2.0'><channel><item><title>One</title><link>https://a.com/1</link>"))
    assert [entry.title for entry in feed.entries] == ["One"]
    assert feed.flaw == "the feed is malformed and was read as far as it goes"


def test_a_hostile_feed_gives_plain_text_and_usable_links_only() -> None:
    began = time.monotonic()
    feed = read_feed(recorded("hostile.xml"))
    assert time.monotonic() - began < 5
    assert [entry.url for entry in feed.entries] == ["https://evil.example/b"]
    (entry,) = feed.entries
    assert entry.title == "Real title"
    assert entry.summary == "Text"
    assert "root:" not in repr(feed)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_text_survives_its_charset(charset: str) -> None:
    text = "<rss version='2.0'><channel><item><title>Café Zürich</title><link>https://a.com/1</link></item></channel></rss>"
    for declared in ("", f"; charset={charset}"):
        (entry,) = read_feed(page(text.encode(charset), f"application/rss+xml{declared}")).entries
        assert entry.title == "Café Zürich"


def test_a_feed_is_read_up_to_a_number_of_entries() -> None:
    item = "<item><title>t</title><link>https://a.com/%d</link></item>"
    body = "<rss version='2.0'><channel>" + "".join(item % number for number in range(50)) + "</channel></rss>"
    assert len(read_feed(page(body), most=10).entries) == 10


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    feed = read_feed(page(b"<rss version='2.0'><channel><item><title>a</title>" + body))
    assert isinstance(feed.entries, tuple)


def test_dates() -> None:
    assert from_epoch(0) is None
    assert from_epoch(True) is None
    assert from_epoch("1771574400") is None
    assert from_epoch(1e300) is None
    assert from_epoch(float("nan")) is None
    assert from_epoch(1771574400) == datetime(2026, 2, 20, 8, tzinfo=UTC)
    assert from_feed(None, time.gmtime(0), time.gmtime(1771574400)) == datetime(2026, 2, 20, 8, tzinfo=UTC)
    assert from_iso_day("2026-03-01") == datetime(2026, 3, 1, tzinfo=UTC)
    assert from_iso_day("March") is None
    assert from_iso_day(None) is None
