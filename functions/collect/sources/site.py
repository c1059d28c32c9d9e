"""The prospect's own site: its feeds, found from the home page, and the text of the newest articles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass

from collect.batch import Batch
from collect.feeds import Feed, read_feed, what_it_is
from collect.links import outlet_of
from collect.question import Question
from collect.sources.site_pages import feed_links, first_party, usual_feeds, with_article
from collect.together import as_they_come
from precall.fetch import AddressRefused, Door, FetchError, FetchFailed, Page
from precall.fetch.threads import aside
from precall.model import Mention, TextOrigin

MOST_FEEDS = 2
MOST_ARTICLES = 5
_HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_FEED = {"accept": "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.1"}
_DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""
_ARTICLE_DEADLINE = 4.0
_NO_FEED = "the site announces no feed"


@dataclass(frozen=True)
class _Answer:
    feed: Feed
    url: str


class Site:
    """See the module."""

    name = "site"
    label = "Company site"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs the domain."""
        return None if question.prospect.account.domain else "the lead has no domain"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """First what the feeds say, at once; then, one by one, the newest entries with the text of their articles."""
        home = await _home(question.prospect.account.domain or "", door)
        announced = (await aside(feed_links, home))[:MOST_FEEDS]
        answers = await _feeds(announced or usual_feeds(home), door)
        read = [answer for answer in answers if answer.feed.entries or not answer.feed.flaw]
        own = {outlet_of(url) for url in (f"https://{question.prospect.account.domain}/", home.url)}
        mentions = _mentions(read, question, own)
        flaw = _flaw(home, announced, answers)
        if flaw == _NO_FEED:
            yield Batch()  # the site answered: it just has no news
        yield Batch(mentions, flaw)
        async for batch in _articles(mentions, door):
            yield batch


async def _home(domain: str, door: Door) -> Page:
    """The home page; where no connection is made, also below `www.` and without TLS. The first error counts."""
    try:
        return await door.get(f"https://{domain}/", headers=_HTML, deadline=_DEADLINE)
    except FetchFailed as first:
        for url in (f"https://www.{domain}/", f"http://{domain}/"):
            with suppress(FetchError):
                return await door.get(url, headers=_HTML, deadline=_DEADLINE)
        raise first


async def _feeds(urls: list[str], door: Door) -> list[_Answer]:
    return list(await asyncio.gather(*(_feed(url, door) for url in urls)))


async def _feed(url: str, door: Door) -> _Answer:
    try:
        page = await door.get(url, headers=_FEED, deadline=_DEADLINE)
        return _Answer(await aside(read_feed, page), page.url)
    except FetchError as error:
        return _Answer(Feed(flaw=f"the feed {error}"), url)


def _flaw(home: Page, announced: list[str], answers: list[_Answer]) -> str | None:
    """One whole feed is enough; a guessed feed that is not there is no flaw, the site then has none."""
    flaws = [answer.feed.flaw for answer in answers if answer.feed.flaw]
    if len(flaws) < len(answers):
        return None
    if announced or any(answer.feed.entries for answer in answers):
        return flaws[0]
    kind = what_it_is(home)
    return _NO_FEED if kind == "an HTML page" else f"the home page is {kind}"


def _mentions(answers: list[_Answer], question: Question, own: set[str]) -> tuple[Mention, ...]:
    name = question.prospect.label
    found: dict[str, Mention] = {}
    for answer in answers:
        for entry in answer.feed.entries:
            if question.includes(entry.published_at):
                ours = own | {outlet_of(answer.url)}
                mention = first_party(entry, question, own=ours, name=name, language=answer.feed.language)
                found.setdefault(mention.id, mention)
    newest = sorted(found.values(), key=lambda m: (m.published_at is not None, m.published_at or m.fetched_at))
    return tuple(reversed(newest))[: question.limit]


async def _articles(mentions: tuple[Mention, ...], door: Door) -> AsyncGenerator[Batch]:
    wanted = [mention for mention in mentions[:MOST_ARTICLES] if mention.text_origin != TextOrigin.ARTICLE]
    articles = as_they_come(_article(mention, door) for mention in wanted)
    try:
        async for batch in articles:
            yield batch
    finally:
        await articles.aclose()


async def _article(mention: Mention, door: Door) -> Batch:
    try:
        page = await door.get(mention.url, headers=_HTML, deadline=_ARTICLE_DEADLINE)
    except AddressRefused as error:
        return Batch(flaw=f"an article was not fetched: {error}")
    except FetchError as error:
        return Batch(flaw=f"an article's page {error}")
    return Batch((await aside(with_article, mention, page),))
