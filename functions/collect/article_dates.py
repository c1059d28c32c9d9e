"""When a page was published: its metadata first, then an estimate that running text has no say in."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from htmldate import find_date
from lxml.html import HtmlElement

from collect.dates import Dated, believed, stated
from collect.page_tree import types_of
from precall.model import DateOrigin

_META = """
    article:published_time article:published article:published_date article:publicationdate article:post_date
    og:article:published_time og:published_time og:pubdate og:publish_date datepublished date_published date-published
    dc.date.issued dcterms.issued dc.date.created dcterms.created dc.date.publication dc.date dcterms.date dc:date
    citation_publication_date citation_date publication_date publishdate publish-date publish_date published_time
    published-date published_date publisheddate pubdate bt:pubdate vr:published_time sailthru.date parsely-pub-date
    shareaholic:article_published_time cxenseparse:recs:publishtime rnews:datepublished originalpublicationdate
    dcsext.articlefirstpublished mediator_published_time displaydate pdate ptime date created
""".split()
_KEYS = ("datePublished", "dateCreated", "uploadDate")
_ARTICLES = re.compile(r"Article|Posting|Report|Review|Recipe|CreativeWork|VideoObject|PodcastEpisode|WebPage")
_IN_URL = re.compile(r"/((?:19|20)\d\d)(?:([/-])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?=[/_-]|$)")
_ATTRIBUTES = ("datetime", "title", "content", "data-date")
_MUCH = 500_000
"""Letters (scripts too): looking through more takes seconds, and such a page is no article."""
_LINE = 80
"""A line with a date of its own is shorter; a date in a longer one is what the text tells about."""
_QUIET = logging.getLogger("htmldate")
_QUIET.setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Published:
    """A date and where it was read."""

    dated: Dated
    origin: DateOrigin


def published(
    tree: HtmlElement, meta: dict[str, str], things: list[dict[str, Any]], url: str, asked_at: datetime
) -> Published | None:
    """The page's date of publication: of its metadata, of its address, else as htmldate estimates it where the page
    says it in a line of its own. None rather than a date that cannot be (`believed`) or is only told about.

    An address and metadata that differ by a day are two time zones: the day is the address's, the moment the other's.
    """
    told = _first(_in_metadata(tree, meta, things), asked_at)
    day = _first(_in_address(url), asked_at)
    if told and (not day or abs(told.at.date() - day.day) <= timedelta(days=1)):
        return Published(replace(told, day=day.day) if day else told, DateOrigin.PAGE)
    if day:
        return Published(day, DateOrigin.ESTIMATE)
    guessed = _first(_estimated(tree, asked_at), asked_at)
    return Published(guessed, DateOrigin.ESTIMATE) if guessed else None


def _first(candidates: Iterator[Dated | None], asked_at: datetime) -> Dated | None:
    return next((found for found in candidates if found and believed(found.at, asked_at)), None)


def _in_metadata(tree: HtmlElement, meta: dict[str, str], things: list[dict[str, Any]]) -> Iterator[Dated | None]:
    for name in _META:
        if name in meta:
            yield stated(meta[name])
    articles = [thing for thing in things if any(_ARTICLES.search(kind) for kind in types_of(thing))]
    for key in _KEYS:
        for thing in articles:
            yield stated(thing[key]) if isinstance(thing.get(key), str) else None
    for tag in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield stated(tag.get("datetime") or tag.get("content") or tag.text_content())
    yield from _in_times(tree)


def _in_times(tree: HtmlElement) -> Iterator[Dated | None]:
    """`<time>` of the publication, or all there is: of several different ones nobody knows which."""
    times = [tag for tag in tree.iter("time") if tag.get("datetime")]
    for tag in times:
        if tag.get("pubdate") is not None or re.search(r"publish|entry-date|post-date", tag.get("class") or ""):
            yield stated(tag.get("datetime"))
    found = [stated(tag.get("datetime")) for tag in times]
    if len({each.day for each in found if each}) == 1:
        yield from found


def _in_address(url: str) -> Iterator[Dated | None]:
    found = _IN_URL.search(url)
    if found:
        yield stated(f"{found[1]}-{int(found[3] or found[5]):02}-{int(found[4] or found[6]):02}")


def _estimated(tree: HtmlElement, asked_at: datetime) -> Iterator[Dated | None]:
    thorough = tree.xpath("string-length(.)") < _MUCH
    latest = (asked_at + timedelta(days=1)).date().isoformat()
    try:
        told = find_date(tree, original_date=True, extensive_search=thorough, min_date="1995-01-01", max_date=latest)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        return  # whatever a page holds, it has no date then
    found = stated(told)
    if found and (found.day.month, found.day.day) != (1, 1):  # its way to say that it knows the year alone
        yield _said_alone(tree, found)


def _said_alone(tree: HtmlElement, guessed: Dated) -> Dated | None:
    """The date, where the page says year and day together in a line of its own (or in an attribute): an estimate from
    the middle of a sentence ("founded in 2017") tells about another day. The line knows best which number is the month.
    """
    wanted = {guessed.day.day, guessed.day.month}
    for line in _lines(tree):
        said = re.findall(r"\d+", line)
        has_day = any(int(each) == guessed.day.day for each in said if len(each) <= 2)
        if f"{guessed.day:%Y%m%d}" in said:
            return guessed
        if has_day and (str(guessed.day.year) in said or f"{guessed.day:%y}" in said[2:]):
            read = stated(line)
            alike = read and read.day.year == guessed.day.year and {read.day.day, read.day.month} == wanted
            return Dated.of_day(read.day) if read and alike else guessed
    return None


def _lines(tree: HtmlElement) -> Iterator[str]:
    for tag in tree.iter():
        if tag.tag in ("script", "style"):
            continue
        for text in (tag.text, tag.tail, *(tag.get(name) for name in _ATTRIBUTES)):
            line = (text or "").strip()
            if 5 < len(line) <= _LINE:
                yield line
