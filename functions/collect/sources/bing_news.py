"""Bing News search as RSS: title, snippet, outlet and date; links wrapped in a click counter."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from functools import partial
from urllib.parse import parse_qs, urlsplit

from collect.batch import Batch
from collect.feeds import Entry, read_feed
from collect.links import canonical_url
from collect.mentions import from_entry
from collect.queries import news_queries
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import Kind, Mention, TextOrigin

URL = "https://www.bing.com/news/search"


class BingNews:
    """See the module."""

    name = "bing_news"
    label = "Bing News"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has."""
        return None if question.company else "the lead names no company that could be searched for"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each query; the window is applied to what comes back."""
        asked = [{"q": query, "format": "rss"} for query in news_queries(question)]
        return search(door, URL, asked, partial(parse, question=question))


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    feed = read_feed(page, question.limit)
    return Batch(tuple(_mention(entry, question, feed.language) for entry in feed.entries), feed.flaw)


def unwrapped(url: str) -> str:
    """The article behind `http://www.bing.com/news/apiclick.aspx?…&url=…`; `url` itself where there is none."""
    parts = urlsplit(url)
    if not parts.path.lower().startswith("/news/apiclick"):
        return url
    return canonical_url(parse_qs(parts.query).get("url", [""])[0]) or url


def _mention(entry: Entry, question: Question, language: str | None) -> Mention:
    return from_entry(
        replace(entry, url=unwrapped(entry.url)),
        question,
        source=BingNews.name,
        kind=Kind.NEWS,
        text=entry.summary,
        text_origin=TextOrigin.SNIPPET,
        language=language,
    )
