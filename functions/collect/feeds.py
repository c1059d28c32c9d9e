"""RSS, Atom and JSON Feed, in whatever state they come: entries, and a clause when the answer is not a (whole) feed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import feedparser

from collect.feed_entries import Entry, entry_of
from collect.feed_parser import parsed
from collect.json_feed import json_entry, json_items
from collect.plain import only_characters, text_of_html, title_of
from collect.walls import wall
from precall.fetch import Page

__all__ = ["Entry", "Feed", "all_entries", "read_feed", "what_it_is", "why_not"]

_CHALLENGES = ("captcha", "challenge-form", "cf-challenge", "are you a human", "are you a robot", "unusual traffic")
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_READ_LIMIT = 20_000
_LITTLE = 800
"""Letters: a page that says more than that has something to say, with or without a captcha in it."""
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)


@dataclass(frozen=True)
class Feed:
    """What was understood, and a clause about what was not."""

    entries: tuple[Entry, ...] = ()
    language: str | None = None
    flaw: str | None = None


def read_feed(page: Page, most: int = 200) -> Feed:
    """The first `most` usable entries of `page` (RSS, Atom, RDF, CDF, JSON Feed); never raises for its content."""
    if page.binary or not page.body.strip():
        return Feed(flaw=why_not(page))
    entries, language, flaw = all_entries(page, most)
    usable = tuple(entry for entry in entries if entry.usable)
    unusable = len(entries) - len(usable)
    return Feed(usable, language, f"{unusable} entries have no title or no usable link" if unusable else flaw)


def all_entries(page: Page, most: int) -> tuple[list[Entry], str | None, str | None]:
    """The first `most` entries, whole or not, the feed's language, and a clause about what is wrong with the feed."""
    answer = json_items(page.text)
    if answer:
        about, items = answer
        return [json_entry(item, about, page.url) for item in items[:most]], language_of(about.get("language")), None
    # an empty line before the XML declaration is the most common defect of real feeds, and harmless
    feed = parsed(only_characters(page.text.lstrip()), page.url)
    if not feed.get("version") and not (feed.entries and what_it_is(page) == "no feed"):
        return [], None, why_not(page)
    entries = [entry_of(item, page.url) for item in feed.entries[:most]]
    return entries, language_of(feed.feed.get("language")), _flaw(feed)


def why_not(page: Page, wanted: str = "feed", noun: str = "feed") -> str:
    """Why `page` is not what was `wanted` ("feed", "JSON"), as a clause that calls it by its `noun`."""
    kind = what_it_is(page, wanted)
    if kind == "an HTML page":
        kind = _wall(page) or kind
    if kind == "a captcha":
        return "blocked by a captcha"
    if page.binary or kind in ("empty", f"no {wanted}"):
        return f"the {noun} is {kind}"
    return f"{kind} instead of the {noun}"


def what_it_is(page: Page, wanted: str = "feed") -> str:
    """What a page is that is not what was `wanted`: empty, an image, an HTML page, a captcha, or just `no feed`."""
    if page.binary or not page.body.strip():
        return page.binary or "empty"
    start = page.text[:_READ_LIMIT].lower()
    if any(sign in start for sign in _CHALLENGES) and len(text_of_html(start)) < _LITTLE:
        return "a captcha"
    looks_html = start.lstrip().startswith(("<!doctype html", "<html")) or page.content_type == "text/html"
    return "an HTML page" if looks_html else f"no {wanted}"


def _wall(page: Page) -> str | None:
    start = page.text[:_READ_LIMIT]
    title = _TITLE.search(start)
    return wall(title_of(title[1]) if title else "", text_of_html(start))


def language_of(code: object) -> str | None:
    """`en` of `en-US` (RFC 5646); None for anything else."""
    found = re.match(r"([a-zA-Z]{2,3})(?:[-_]|$)", str(code or ""))
    return found[1].lower() if found else None


def _flaw(feed: Any) -> str | None:
    if feed.bozo and not isinstance(feed.get("bozo_exception"), _HARMLESS):
        return "the feed is malformed and was read as far as it goes"
    return None
