"""Sitemaps (https://www.sitemaps.org/protocol.html) and Google's news extension of them: what a site without a feed
has published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from collect.dates import stated
from collect.feeds import Entry
from collect.links import canonical_url, outlet_of
from collect.plain import only_characters, title_of
from precall.fetch import Page

_MOST = 2_000
_READ_LIMIT = 1_000_000
_ANNOUNCED = re.compile(r"^\s*sitemap\s*:\s*(\S{1,500})", re.IGNORECASE | re.MULTILINE)
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
    try:
        soup = BeautifulSoup(only_characters(page.text[:_READ_LIMIT]), "lxml-xml")
    except ParserRejectedMarkup:
        return Sitemap()
    own = outlet_of(page.url)
    nested = [_url(tag, page) for tag in soup.find_all("sitemap", limit=_MOST)]
    told = [(tag, url) for tag in soup.find_all("url", limit=_MOST) if outlet_of(url := _url(tag, page)) == own and url]
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


def _entry(tag: Tag, url: str) -> Entry | None:
    news = tag.find("news")
    title = title_of(_text(news, "title")) if isinstance(news, Tag) else ""
    if not title:
        return None
    dated = stated(_text(news, "publication_date"))
    return Entry(title, url, dated.at, precision=dated.precision) if dated else Entry(title, url)


def _changed_at(tag: Tag) -> datetime | None:
    dated = stated(_text(tag, "lastmod"))
    return dated.at if dated else None


def _url(tag: Tag, page: Page) -> str:
    return canonical_url(_text(tag, "loc"), page.url)


def _text(tag: object, name: str) -> str:
    found = tag.find(name) if isinstance(tag, Tag) else None
    return found.get_text().strip() if isinstance(found, Tag) else ""
