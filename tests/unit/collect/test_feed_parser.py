"""feedparser under guard: no element makes it compute long or fail, and what it reads is as ever."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from collect.feed_parser import PLAIN, parsed
from collect.feeds import read_feed
from tests.unit.collect.support import page

SPACES = {
    "cc": "http://web.resource.org/cc/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "gml": "http://www.opengis.net/gml",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "psc": "http://podlove.org/simple-chapters",
}
FRAME = {"rss", "channel", "feed", "item", "fullitem", "entry"}
LENGTH, SECONDS = 16_000, 5.0
"""Letters in each element, and the processor time that a feed of all elements may take: the search for an address alone
would take eight for the eight elements with authors."""


def _elements() -> Iterator[str]:
    """What feedparser has handlers of, with the prefixes of `SPACES`."""
    prefixes = {prefix.lower(): prefix for prefix in SPACES}
    for name in sorted({name.split("_", 2)[2] for parser in PLAIN.values() for name in dir(parser) if _handles(name)}):
        first, _, rest = name.partition("_")
        if name not in FRAME:
            yield f"{prefixes[first.lower()]}:{rest}" if rest and first.lower() in prefixes else name


def _handles(name: str) -> bool:
    return name.startswith(("_start_", "_end_"))


ELEMENTS = tuple(_elements())


def _feed(items: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{url}"' for prefix, url in SPACES.items())
    return f'<rss version="2.0" {spaces}><channel><title>News</title>{items}</channel></rss>'


def _item(number: int, inside: str) -> str:
    return f"<item><title>One</title><link>https://outlet.example/{number}</link>{inside}</item>"


def test_the_elements_are_those_of_feedparser() -> None:
    assert {"author", "dc:creator", "itunes:author", "gml:pos", "webmaster"} <= set(ELEMENTS)
    assert len(ELEMENTS) > 90


@pytest.mark.parametrize("whole", [True, False], ids=["well-formed", "broken"])
@pytest.mark.parametrize("token", ["a", "a.", "-", "a@", "2020-01-01T", "a, ", "&lt;b ", "&lt;!--", "\n"], ids=repr)
def test_no_element_takes_longer_than_its_length_justifies(token: str, whole: bool) -> None:
    said = token * (LENGTH // len(token))
    body = _feed("".join(_item(n, f"<{name}>{said}</{name}>") for n, name in enumerate(ELEMENTS)))
    began = time.process_time()
    feed = read_feed(page(body if whole else body.replace("</channel>", "<channel>"), "application/xml"))
    assert time.process_time() - began < SECONDS
    assert len(feed.entries) >= len(ELEMENTS) - 2


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_where_none_is_expected_breaks_nothing(name: str) -> None:
    inside = f'<{name} href="x" url="x" term="x" scheme="x">x</{name}>'
    text = _feed(inside + _item(1, inside) + _item(2, ""))
    for body in (text, text.replace("</channel>", "<channel>")):
        feed = read_feed(page(body, "application/xml"))
        assert feed.entries[-1].url == "https://outlet.example/2"


def test_an_author_is_taken_apart_as_ever() -> None:
    body = _feed(_item(1, "<author>desk@news.com (Ada Penrose)</author>"))
    (item,) = parsed(body, "https://outlet.example/feed").entries
    assert (item.author_detail.name, item.author_detail.email) == ("Ada Penrose", "desk@news.com")
