"""Bing News search as RSS: title, snippet, outlet and date; links wrapped in a click counter."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

from collect.batch import Batch
from collect.editions import editions
from collect.feeds import Entry, read_feed
from collect.links import canonical_url
from collect.mentions import from_entry
from collect.queries import news_queries
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import Kind, Mention, TextOrigin

URL = "https://www.bing.com/news/search"
_INTERVALS = ((1, "7"), (7, "8"), (30, "9"))
"""Days, and what Bing calls them."""
_BY_DATE = 'sortbydate="1"'
_NOW = timedelta(hours=1)


class BingNews:
    """See the module."""

    name = "bing_news"
    label = "Bing News"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a company, or a person with something that tells them from others of the name."""
        return (
            None if question.company or question.contact else "the lead names no company, and a name alone finds others"
        )

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each query in the market of the prospect's country, newest first; the window is applied to
        what comes back."""
        asked = [params(query, question) for query in news_queries(question)]
        return search(door, URL, asked, partial(parse, question=question))


def params(query: str, question: Question) -> dict[str, str]:
    """How a query is put: in the market of the prospect's country, newest first, at most as many as are wanted."""
    market = editions(question)[-1].market
    return {"q": query, "format": "rss", "count": str(question.limit), "mkt": market, "qft": _filter(question)}


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    feed = read_feed(page, question.limit)
    return Batch(tuple(_mention(entry, question, feed.language) for entry in feed.entries), feed.flaw)


def _filter(question: Question) -> str:
    """By date; where it is asked as of now, of the last day, week or month if that is the window."""
    is_now = question.asked_at - question.as_of < _NOW
    interval = next((code for days, code in _INTERVALS if question.window_days <= days), "") if is_now else ""
    return f'interval="{interval}"+{_BY_DATE}' if interval else _BY_DATE


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
