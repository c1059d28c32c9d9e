"""What a site has published: from its feeds, else from its sitemaps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from collect.batch import Batch
from collect.feeds import Feed, read_feed, what_it_is, why_not
from collect.links import canonical_url, outlet_of
from collect.question import Question
from collect.sources.site_pages import first_party, from_page, usual_feeds
from collect.sources.sitemaps import Sitemap, announced, articles, is_of_news, news_first, read_sitemap
from precall.fetch import Door, FetchError, Page
from precall.fetch.threads import aside
from precall.model import Mention

MOST_FEEDS = 4
MOST_SITEMAPS = 3
MOST_PAGES = 5
HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_FEED = {"accept": "application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.1"}
_DEADLINE = 60.0
"""Seconds for one request; the source's own deadline is shorter and ends everything."""
_PAGE_DEADLINE = 4.0
NO_FEED = "the site announces no feed"


@dataclass(frozen=True)
class _Answer:
    feed: Feed
    url: str


@dataclass(frozen=True)
class Found:
    """One answer of the site: what it gives, whether it has items of any date, and what is wrong if nothing has.

    What a feed says of an item counts more than a sitemap: `says_less`.
    """

    batch: Batch = field(default_factory=Batch)
    has_items: bool = False
    lack: str | None = None
    says_less: bool = False

    def beside(self, others: Sequence[Found]) -> Batch:
        """What it gives that `others` have not said better."""
        if not self.says_less:
            return self.batch
        known = {mention.id for other in others for mention in other.batch.mentions}
        return replace(self.batch, mentions=tuple(m for m in self.batch.mentions if m.id not in known))

    @property
    def says_something(self) -> bool:
        """Whether somebody answered at all: a site that shows nobody anything has not."""
        return self.has_items or self.batch != Batch()


async def from_feeds(home: Page, feeds: Sequence[str], question: Question, door: Door) -> Found:
    """The newest items of the feeds that the home page announces, or that are where feeds usually are."""
    told_of = list(feeds[:MOST_FEEDS])
    answers = await asyncio.gather(*(_feed(url, door) for url in told_of or usual_feeds(home)))
    mentions = _mentions([answer for answer in answers if not answer.feed.flaw or answer.feed.entries], question, home)
    flaw = _flaw(home, told_of, answers)
    has_items = any(answer.feed.entries for answer in answers)
    return Found(Batch(mentions, None if flaw == NO_FEED else flaw), has_items, NO_FEED if flaw == NO_FEED else None)


async def from_news_sitemaps(home: Page, question: Question, door: Door) -> Found:
    """The items of the sitemaps of news that the site's robots.txt names."""
    robots = await _got(canonical_url("/robots.txt", home.url), door)
    urls = [url for url in (announced(robots) if robots else []) if is_of_news(url)]
    sitemaps = await asyncio.gather(*(_sitemap(url, door) for url in urls[:MOST_SITEMAPS]))
    answers = [_Answer(Feed(sitemap.entries), home.url) for sitemap in sitemaps if sitemap.entries]
    return Found(Batch(_mentions(answers, question, home)), bool(answers), says_less=True)


async def from_pages(home: Page, question: Question, door: Door, lack: str | None) -> Found:
    """The pages that look like articles and changed inside the window, for a site that has a sitemap but no feed;
    without any, what the site is said to lack."""
    first = await _sitemap(canonical_url("/sitemap.xml", home.url), door)
    further = await asyncio.gather(*(_sitemap(url, door) for url in news_first(first.nested)[:MOST_SITEMAPS]))
    places = tuple(place for sitemap in (first, *further) for place in sitemap.places)
    pages = await asyncio.gather(*(_got(url, door, HTML) for url in articles(places, question.since, MOST_PAGES)))
    read = await asyncio.gather(*(aside(from_page, page, question) for page in pages if page))
    mentions = tuple(mention for mention in read if mention)
    return Found(Batch(mentions, None if mentions else lack), bool(mentions))


async def _feed(url: str, door: Door) -> _Answer:
    try:
        page = await door.get(url, headers=_FEED, deadline=_DEADLINE)
        return _Answer(await aside(read_feed, page), page.url)
    except FetchError as error:
        return _Answer(Feed(flaw=f"the feed {error}"), url)


async def _sitemap(url: str, door: Door) -> Sitemap:
    page = await _got(url, door)
    return await aside(read_sitemap, page) if page else Sitemap()


async def _got(url: str, door: Door, headers: dict[str, str] | None = None) -> Page | None:
    """The page, if it is there: what nobody promised is no flaw."""
    try:
        return await door.get(url, headers=headers, deadline=_PAGE_DEADLINE)
    except FetchError:
        return None


def _flaw(home: Page, announced: list[str], answers: Sequence[_Answer]) -> str | None:
    """One whole feed is enough; a guessed feed that is not there is no flaw, the site then has none."""
    flaws = [answer.feed.flaw for answer in answers if answer.feed.flaw]
    if len(flaws) < len(answers):
        return None
    if announced or any(answer.feed.entries for answer in answers):
        return flaws[0]
    return NO_FEED if what_it_is(home) == "an HTML page" else why_not(home, "HTML page", "home page")


def _mentions(answers: Sequence[_Answer], question: Question, home: Page) -> tuple[Mention, ...]:
    own = {outlet_of(url) for url in (f"https://{question.domain}/", home.url)}
    name = question.prospect.label
    found: dict[str, Mention] = {}
    for answer in answers:
        ours = own | {outlet_of(answer.url)}
        for entry in answer.feed.entries:
            if question.includes(entry.published_at):
                mention = first_party(entry, question, own=ours, name=name, language=answer.feed.language)
                found.setdefault(mention.id, mention)
    newest = sorted(found.values(), key=lambda m: (m.published_at is not None, m.published_at or m.fetched_at))
    return tuple(reversed(newest))[: question.limit]
