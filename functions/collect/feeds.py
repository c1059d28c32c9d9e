"""RSS and Atom, in whatever state they come: entries, and a clause when the answer is not a (whole) feed."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser

from collect.dates import from_feed
from collect.links import canonical_url
from collect.plain import summary_of, text_of_html, title_of
from precall.fetch import Page

_CHALLENGES = ("captcha", "challenge-form", "cf-challenge", "are you a human", "are you a robot", "unusual traffic")
_READ_LIMIT = 20_000
_LITTLE = 800
"""Letters: a page that says more than that has something to say, with or without a captcha in it."""
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


@dataclass(frozen=True)
class Entry:
    """One entry. `summary` and `content` (the whole text, where the feed carries it) are plain text, `guid` is the
    feed's own name for it, `likes` what Media RSS counts."""

    title: str
    url: str
    published_at: datetime | None = None
    summary: str = ""
    content: str = ""
    author: str | None = None
    outlet_name: str = ""
    outlet_url: str = ""
    guid: str = ""
    likes: int = 0


@dataclass(frozen=True)
class Feed:
    """What was understood, and a clause about what was not."""

    entries: tuple[Entry, ...] = ()
    language: str | None = None
    flaw: str | None = None


def read_feed(page: Page, most: int = 200) -> Feed:
    """The first `most` usable entries of `page`; never raises for its content."""
    if not page.body.strip():
        return Feed(flaw="the feed is empty")
    # a stream, because feedparser takes bytes for the name of a local file first; an empty line before the XML
    # declaration is the most common defect of real feeds, and harmless
    parsed = feedparser.parse(
        io.BytesIO(page.text.lstrip().encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": page.url},
    )
    if not parsed.get("version"):
        return Feed(flaw=f"the feed is {what_it_is(page)}")
    items = parsed.entries[:most]
    entries = tuple(entry for entry in (_entry(item, page.url) for item in items) if entry.title and entry.url)
    return Feed(entries, language_of(parsed.feed.get("language")), _flaw(parsed, len(items) - len(entries)))


def what_it_is(page: Page, wanted: str = "feed") -> str:
    """What a page is that is not what was `wanted`: empty, an HTML page, a captcha, or just `no feed`."""
    if not page.body.strip():
        return "empty"
    start = page.text[:_READ_LIMIT].lower()
    if any(sign in start for sign in _CHALLENGES) and len(text_of_html(start)) < _LITTLE:
        return "a captcha"
    looks_html = start.lstrip().startswith(("<!doctype html", "<html")) or page.content_type == "text/html"
    return "an HTML page" if looks_html else f"no {wanted}"


def language_of(code: object) -> str | None:
    """`en` of `en-US` (RFC 5646); None for anything else."""
    found = re.match(r"([a-zA-Z]{2,3})(?:[-_]|$)", str(code or ""))
    return found[1].lower() if found else None


def _flaw(parsed: Any, unusable: int) -> str | None:
    if unusable:
        return f"{unusable} entries have no title or no usable link"
    if parsed.bozo and not isinstance(parsed.get("bozo_exception"), _HARMLESS):
        return "the feed is malformed and was read as far as it goes"
    return None


def _entry(item: Any, base: str) -> Entry:
    source = item.get("source") or {}
    return Entry(
        title=title_of(*_text(item, "title")),
        url=canonical_url(str(item.get("link") or ""), base),
        published_at=from_feed(*(item.get(f"{name}_parsed") for name in ("published", "updated", "created"))),
        summary=summary_of(str(item.get("summary") or "")),
        content=_content(item),
        author=title_of(str(item.get("author") or "")) or None,
        outlet_name=title_of(str(source.get("title") or item.get("news_source") or "")),
        outlet_url=canonical_url(str(source.get("href") or "")),
        guid=str(item.get("id") or ""),
        likes=_likes(item),
    )


def _likes(item: Any) -> int:
    """YouTube gives the number of likes as the count of a rating by stars."""
    said = str((item.get("media_starrating") or {}).get("count") or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def _text(item: Any, name: str) -> tuple[str, bool]:
    detail = item.get(f"{name}_detail") or {}
    return str(item.get(name) or ""), "html" in str(detail.get("type") or "")


def _content(item: Any) -> str:
    texts = [text_of_html(str(part.get("value") or "")) for part in item.get("content") or ()]
    return max(texts, key=len, default="")
