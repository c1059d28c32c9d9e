"""A feed in any state gives its entries and says what was wrong with it."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.feeds import Entry, read_feed, what_it_is
from collect.mentions import from_entry
from precall.model import Kind, Precision
from tests.unit.collect.support import ASKED_AT, about, page, recorded


@pytest.mark.parametrize(
    ("body", "kind", "flaw"),
    [
        ("", "application/xml", "the feed is empty"),
        ("  \n", "application/xml", "the feed is empty"),
        ("<!doctype html><h1>Moved</h1>", "application/rss+xml", "an HTML page instead of the feed"),
        ("oops", "text/html", "an HTML page instead of the feed"),
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


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("<html><title>Bevor Sie fortfahren</title><p>Wir verwenden Cookies. Alle akzeptieren</p>", "a consent page"),
        ("<html><title>Access denied</title><p>Reference #18.2f</p>", "an error page"),
        ("<html><title>News</title><p>Please log in to continue.</p>", "a paywall"),
        ("<html><title>Our feeds</title><p>All about our pumps.</p>", "an HTML page"),
    ],
)
def test_what_stands_in_the_place_of_a_feed_is_named(body: str, flaw: str) -> None:
    assert read_feed(page(body, "text/html")).flaw == f"{flaw} instead of the feed"


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


@pytest.mark.parametrize("reference", ["&#xD800;", "&#57343;", "&#1114112;", "&#x110000;", f"&#{'9' * 5000};"])
def test_a_reference_to_no_character_is_one_bad_character(reference: str) -> None:
    broken = f"<title>A plant{reference} opens &#8211; soon</title><link>https://a.com/1</link><x>{reference}</x>"
    for feed in (_item(broken), _item(broken).removesuffix("</channel></rss>")):
        (entry,) = read_feed(page(feed)).entries
        assert entry.title.startswith("A plant")
        assert entry.title.endswith("opens – soon")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(body: bytes) -> None:
    feed = read_feed(page(b"<rss version='2.0'><channel><item><title>a</title>" + body))
    assert isinstance(feed.entries, tuple)


def _item(inside: str) -> str:
    return f"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><item>{inside}</item></channel></rss>"


def test_publication_counts_before_the_last_change_and_a_day_is_told_from_a_moment() -> None:
    link = "<title>t</title><link>https://a.com/1</link>"
    (moment,) = read_feed(page(_item(link + "<pubDate>Sun, 01 Mar 2026 08:30:00 -0500</pubDate>"))).entries
    assert (moment.published_at, moment.precision) == (datetime(2026, 3, 1, 13, 30, tzinfo=UTC), Precision.SECOND)
    (day,) = read_feed(page(_item(link + "<dc:date>2026-03-01</dc:date>"))).entries
    assert (day.published_at, day.precision) == (datetime(2026, 3, 1, tzinfo=UTC), Precision.DAY)
    (local,) = read_feed(page(_item(link + "<pubDate>Mi, 14 Okt 2025 10:00 +0200</pubDate>"))).entries
    assert local.published_at
    assert local.published_at.date().isoformat() == "2025-10-14"


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ("<author>desk@outlet.example (Ada Penrose)</author>", "Ada Penrose"),
        ("<author>desk@outlet.example</author>", None),
        ("<dc:creator>By Ada Penrose, Staff Writer</dc:creator>", "Ada Penrose"),
        ("<dc:creator>Ada Penrose</dc:creator><dc:creator>Joris Vane</dc:creator>", "Ada Penrose, Joris Vane"),
        ("<itunes:author>Ada Penrose</itunes:author>", "Ada Penrose"),
        ("<dc:creator>admin</dc:creator>", None),
    ],
)
def test_the_author_is_a_person_without_an_address(markup: str, author: str | None) -> None:
    (entry,) = read_feed(page(_item(f"<title>t</title><link>https://a.com/1</link>{markup}"))).entries
    assert entry.author == author


def test_links_may_be_relative_in_a_permalink_or_only_a_file() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.com/x/'>"
        "<entry><title>t</title><link href='1'/></entry></feed>"
    )
    assert [entry.url for entry in read_feed(page(atom)).entries] == ["https://a.com/x/1"]
    guid = _item("<title>t</title><guid>https://a.com/guid</guid>")
    assert [entry.url for entry in read_feed(page(guid)).entries] == ["https://a.com/guid"]
    episode = _item("<title>t</title><enclosure url='https://a.com/e.mp3' type='audio/mpeg' length='1'/>")
    assert [entry.url for entry in read_feed(page(episode)).entries] == ["https://a.com/e.mp3"]


def test_an_entry_without_a_title_is_called_by_its_first_line() -> None:
    (entry,) = read_feed(
        page(_item("<link>https://a.com/1</link><description>We moved.&lt;p&gt;More.</description>"))
    ).entries
    assert entry.title == "We moved."


def test_a_json_feed_is_a_feed() -> None:
    body = """{"version": "https://jsonfeed.org/version/1.1", "language": "de-AT", "authors": [{"name": "Ada Penrose"}],
      "items": [{"id": "1", "url": "/1", "title": "Neues Werk", "content_html": "<p>Text</p>",
                 "date_published": "2026-03-01T08:00:00+01:00"}, {"id": "2"}, "odd"]}"""
    feed = read_feed(page(body, "application/feed+json"))
    (entry,) = feed.entries
    assert (entry.title, entry.url, entry.content) == ("Neues Werk", "https://source.example/1", "Text")
    assert (entry.author, entry.published_at) == ("Ada Penrose", datetime(2026, 3, 1, 7, tzinfo=UTC))
    assert (feed.language, feed.flaw) == ("de", "1 entries have no title or no usable link")


@given(st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3)))
def test_any_json_feed_is_read_without_an_error(value: object) -> None:
    names = ("title", "url", "id", "summary", "content_html", "date_published", "author", "authors")
    feed = {"version": "1.1", "items": [dict.fromkeys(names, value), value], "authors": value}
    assert isinstance(read_feed(page(json.dumps(feed))).entries, tuple)


def test_a_date_in_the_future_is_no_date() -> None:
    def dated(**ahead: int) -> object:
        entry = Entry("t", "https://a.com/1", ASKED_AT + timedelta(**ahead))
        return from_entry(entry, about(), source="wires", kind=Kind.NEWS).published_at

    assert dated(hours=20) == ASKED_AT + timedelta(hours=20)
    assert dated(days=2) is None
