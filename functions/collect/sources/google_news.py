"""Google News search as RSS: title, outlet and date; no text, and links that lead through Google."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import replace
from functools import partial

from collect.batch import Batch
from collect.editions import Edition, editions
from collect.feeds import Entry, read_feed
from collect.links import outlet_of
from collect.mentions import from_entry
from collect.queries import news_queries, with_dates
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import Kind, Mention

URL = "https://news.google.com/rss/search"
_MOST_AT_HOME = 2
"""So many queries are also put to the edition of the prospect's country: the company's come first."""


class GoogleNews:
    """See the module."""

    name = "google_news"
    label = "Google News"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a company, or a person with something that tells them from others of the name."""
        return (
            None if question.company or question.contact else "the lead names no company, and a name alone finds others"
        )

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each query, the first ones also in the edition of the prospect's country."""
        first, *others = editions(question)
        queries = [with_dates(query, question) for query in news_queries(question)]
        asked = [params(query, first) for query in queries]
        asked += [params(query, other) for other in others for query in queries[:_MOST_AT_HOME]]
        return search(door, URL, asked, partial(parse, question=question))


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    feed = read_feed(page, question.limit)
    return Batch(tuple(_mention(entry, question, feed.language) for entry in feed.entries), feed.flaw)


def params(query: str, edition: Edition) -> dict[str, str]:
    """How a query is put to an edition: the interface's language, the country, and both as Google names an edition."""
    language = edition.market if edition.language == "en" else edition.language
    return {"q": query, "hl": language, "gl": edition.country, "ceid": f"{edition.country}:{edition.language}"}


def _mention(entry: Entry, question: Question, language: str | None) -> Mention:
    """The title ends with the outlet's name, the description only repeats the title, `oc=5` counts clicks."""
    title = entry.title.removesuffix(f" - {entry.outlet_name}") if entry.outlet_name else entry.title
    url = entry.url.partition("?")[0] if outlet_of(entry.url) == "google.com" else entry.url
    return from_entry(
        replace(entry, title=title, url=url),
        question,
        source=GoogleNews.name,
        kind=Kind.NEWS,
        outlet=outlet_of(entry.outlet_url),
        outlet_name=entry.outlet_name or "Google News",
        language=language,
    )
