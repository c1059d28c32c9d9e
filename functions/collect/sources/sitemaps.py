"""Sitemaps (https://www.sitemaps.org/protocol.html) and Google's news extension of them: what a site without a feed
has published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from collect.dates import stated
from collect.feeds import Entry
from collect.links import canonical_url, outlet_of
from collect.plain import only_characters, title_of
from precall.fetch import Page

_MOST = 2_000
_READ_LIMIT = 1_000_000
_ANNOUNCED = re.compile(r"^[ \t]*+sitemap[ \t]*+:[ \t]*+(\S{1,500})", re.IGNORECASE | re.MULTILINE)
_NEWS = re.compile(r"news|press|blog|post|article|release|stories|insight", re.IGNORECASE)
_ARTICLE = re.compile(
    r"/(?:[^/]*(?:news|press|blog|article|release|stories|insight)[^/]*)/(?:[^?]*/)?[^/?]{8,}/?$", re.I
)


@dataclass(frozen=True)
class Place:
    """A page that a sitemap lists; `changed_at` is no date of publication."""

    url: str
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Sitemap:
    """What was understood: articles that are told with title and date, other pages, further sitemaps."""

    entries: tuple[Entry, ...] = ()
    places: tuple[Place, ...] = ()
    nested: tuple[str, ...] = ()


def announced(robots: Page) -> list[str]:
    """The site's own sitemaps that its robots.txt names, those of news first."""
    urls = (canonical_url(url, robots.url) for url in _ANNOUNCED.findall(robots.text[:_READ_LIMIT]))
    return news_first(url for url in dict.fromkeys(urls) if url and outlet_of(url) == outlet_of(robots.url))


def news_first(urls: object) -> list[str]:
    """Sitemaps, those that are called after news before the others."""
    return sorted(urls, key=lambda url: not is_of_news(url))  # type: ignore[call-overload, no-any-return]


def is_of_news(url: str) -> bool:
    """Whether a sitemap is called after news."""
    return bool(_NEWS.search(urlsplit(url).path))


def read_sitemap(page: Page) -> Sitemap:
    """The sitemap in `page`; empty for anything else. Pure."""
    tree = _tree_of(page)
    if tree is None:
        return Sitemap()
    own = outlet_of(page.url)
    nested = [_url(tag, page) for tag in _named(tree, "sitemap", _MOST)]
    told = [(tag, url) for tag in _named(tree, "url", _MOST) if outlet_of(url := _url(tag, page)) == own and url]
    entries = [entry for tag, url in told if (entry := _entry(tag, url))]
    known = {entry.url for entry in entries}
    places = [Place(url, _changed_at(tag)) for tag, url in told if url not in known]
    return Sitemap(tuple(entries), tuple(places), tuple(url for url in nested if url and outlet_of(url) == own))


def articles(places: tuple[Place, ...], since: datetime, most: int) -> list[str]:
    """The addresses that look like articles and were changed since, the latest first; which page says when an article
    was published, and what it is called."""
    recent = [p for p in places if p.changed_at and p.changed_at >= since and _ARTICLE.search(urlsplit(p.url).path)]
    recent.sort(key=lambda place: place.changed_at or since, reverse=True)
    return [place.url for place in recent[:most]]


def _entry(tag: etree._Element, url: str) -> Entry | None:
    news = next(_named(tag, "news", 1), None)
    title = title_of(_text(news, "title")) if news is not None else ""
    if news is None or not title:
        return None
    dated = stated(_text(news, "publication_date"))
    return Entry(title, url, dated.at, precision=dated.precision) if dated else Entry(title, url)


def _changed_at(tag: etree._Element) -> datetime | None:
    dated = stated(_text(tag, "lastmod"))
    return dated.at if dated else None


def _url(tag: etree._Element, page: Page) -> str:
    return canonical_url(_text(tag, "loc"), page.url)


def _tree_of(page: Page) -> etree._Element | None:
    """The XML as far as it goes, parsed at one go: fed in pieces, libxml2 reads a tag that does not close again and
    again."""
    text = only_characters(page.text[:_READ_LIMIT].lstrip())
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _named(tag: etree._Element, name: str, most: int) -> Iterator[etree._Element]:
    """The first elements of this name in `tag`, whatever their namespace."""
    return islice(tag.iterdescendants(f"{{*}}{name}"), most)


def _text(tag: etree._Element, name: str) -> str:
    found = next(_named(tag, name, 1), None)
    return "".join(found.itertext()).strip() if found is not None else ""
