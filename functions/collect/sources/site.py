"""The prospect's own site, which unlocks the rest: who they are, their news, and the text of the newest articles."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Coroutine, Sequence
from contextlib import aclosing, suppress
from typing import Any

from collect.batch import Batch
from collect.completing import with_article
from collect.question import Question
from collect.sources.site_news import HTML, Found, from_feeds, from_news_sitemaps, from_pages
from collect.sources.site_profile import Home, read_home, told_by_careers
from collect.together import as_they_come
from precall.fetch import AddressRefused, Door, FetchError, FetchFailed, Page
from precall.fetch.threads import aside
from precall.model import Mention, TextOrigin

MOST_ARTICLES = 5
_DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""
_ARTICLE_DEADLINE = 4.0


class Site:
    """See the module."""

    name = "site"
    label = "Company site"
    waits = False
    resolves = True

    def lacks(self, question: Question) -> str | None:
        """It needs the domain."""
        return None if question.domain else "the lead has no domain"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """Who they are, at once; what their feeds say; then, one by one, the newest entries with their articles."""
        page = await _home(question.domain or "", door)
        home = await aside(read_home, page, question)
        if home.told.flaw is None:
            yield home.told
        answers: list[Found] = []
        work = [from_feeds(page, home.feeds, question, door), from_news_sitemaps(page, question, door)]
        async with aclosing(as_they_come([*work, *_careers(home, door)])) as founds:
            async for found in founds:
                if found.says_something:
                    yield found.beside(answers)
                answers.append(found)
        best_last = sorted(answers, key=lambda found: not found.says_less)
        mentions = [mention for found in best_last for mention in found.batch.mentions]
        if not any(found.has_items for found in answers):
            pages = await from_pages(page, question, door, lack=next((f.lack for f in answers if f.lack), None))
            if pages.says_something:
                yield pages.batch
        async with aclosing(as_they_come(_article(mention, door) for mention in _unread(mentions))) as batches:
            async for batch in batches:
                yield batch


async def _home(domain: str, door: Door) -> Page:
    """The home page; where no connection is made, also below `www.` and without TLS. The first error counts."""
    try:
        return await door.get(f"https://{domain}/", headers=HTML, deadline=_DEADLINE)
    except FetchFailed as first:
        for url in (f"https://www.{domain}/", f"http://{domain}/"):
            with suppress(FetchError):
                return await door.get(url, headers=HTML, deadline=_DEADLINE)
        raise first


def _careers(home: Home, door: Door) -> list[Coroutine[Any, Any, Found]]:
    return [_careers_page(home.careers, door)] if home.careers else []


async def _careers_page(url: str, door: Door) -> Found:
    """What the page tells; that it is not there is no flaw of the site."""
    try:
        page = await door.get(url, headers=HTML, deadline=_ARTICLE_DEADLINE)
    except FetchError:
        return Found()
    return Found(await aside(told_by_careers, page))


def _unread(mentions: Sequence[Mention]) -> list[Mention]:
    """The newest whose article is not there yet; a feed and a sitemap may both have told of one."""
    each = {mention.id: mention for mention in mentions}.values()
    newest = sorted(each, key=lambda m: (m.published_at is not None, m.published_at or m.fetched_at), reverse=True)
    return [mention for mention in newest[:MOST_ARTICLES] if mention.text_origin != TextOrigin.ARTICLE]


async def _article(mention: Mention, door: Door) -> Batch:
    try:
        page = await door.get(mention.url, headers=HTML, deadline=_ARTICLE_DEADLINE)
    except AddressRefused as error:
        return Batch(flaw=f"an article was not fetched: {error}")
    except FetchError as error:
        return Batch(flaw=f"an article's page {error}")
    return Batch((await aside(with_article, mention, page),))
