"""The most promising mentions are completed by their pages; a page that is a wall or gone changes nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from collect.article import read_article
from collect.batch import Batch
from collect.completing import completed
from collect.reading import MOST_PAGES, read, worth_reading
from collect.run import collect
from precall.config import Collecting
from precall.fetch import Door, Page
from precall.fetch.manners import Manners
from precall.ids import mention_id
from precall.model import DateOrigin, Kind, Mention, SourceReport, SourceState, TextOrigin
from tests.unit.collect.support import AS_OF, about, mention, page
from tests.unit.collect.test_run import Scripted
from tests.unit.fetch.web import FakeWeb

QUESTION = about()
TEXT = "".join(f"<p>The old shipyard of Fenwick makes pump number {n} for mines along the coast.</p>" for n in range(9))


def markup(title: str = "Marlbrook opens a plant", day: str = "2026-02-20", head: str = "", text: str = TEXT) -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title><meta name="author" content="Ada Penrose">'
        f'<meta property="article:published_time" content="{day}T10:00:00Z">{head}</head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def read_page(before: Mention, answer: Page) -> Mention:
    return completed(before, read_article(answer, before.fetched_at))


def html(url: str = "https://outlet.example/a", **told: str) -> Mention:
    return read_page(mention("https://outlet.example/a", published_at=None), page(markup(**told), "text/html", url))


def test_a_page_completes_what_the_source_left_out() -> None:
    found = html()
    assert (found.author, found.language, found.text_origin) == ("Ada Penrose", "en", TextOrigin.ARTICLE)
    assert (found.published_at, found.published_from) == (datetime(2026, 2, 20, 10, tzinfo=UTC), DateOrigin.PAGE)
    assert found.text.startswith("The old shipyard")


def test_what_the_source_said_stays() -> None:
    before = mention(author="Joris Vane", language="de", text="A" * 2000, text_origin=TextOrigin.POST)
    assert read_page(before, page(markup(), "text/html", before.url)) == before


def test_the_canonical_address_of_the_same_outlet_becomes_the_mentions() -> None:
    found = html(head='<link rel="canonical" href="https://outlet.example/story">')
    assert (found.url, found.id) == ("https://outlet.example/story", mention_id("https://outlet.example/story"))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://outlet.example/", {}),
        ("https://consent.elsewhere.example/a", {"title": "Before you go on"}),
        ("https://outlet.example/a", {"title": "Page not found", "text": "<p>Sorry about that.</p>"}),
        ("https://outlet.example/a", {"text": "<p>Please verify you are human to see this page.</p>"}),
    ],
)
def test_a_wall_or_another_page_changes_nothing(url: str, told: dict[str, str]) -> None:
    assert html(url, **told) == mention("https://outlet.example/a", published_at=None)


def test_an_outlet_that_moved_keeps_its_headlines() -> None:
    assert html("https://moved.example/a").text_origin == TextOrigin.ARTICLE


def test_the_beginning_of_a_closed_article_is_a_snippet() -> None:
    closed = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    assert html(head=closed).text_origin == TextOrigin.SNIPPET


def test_what_is_read_lacks_a_text_or_a_date_and_names_the_company_first() -> None:
    unread = [
        mention(f"https://o{number}.example/a", outlet=f"o{number}.example", title="The market")
        for number in range(MOST_PAGES + 5)
    ]
    about_them = mention("https://late.example/a", outlet="late.example", title="Why Marlbrook Pumps grows")
    others = [
        mention("https://news.google.com/rss/articles/x", title="Marlbrook Pumps"),
        mention("https://social.example/a", kind=Kind.SOCIAL),
        mention("https://whole.example/a", text="x", text_origin=TextOrigin.ARTICLE),
    ]
    found = worth_reading([*others, *unread, about_them], QUESTION, set())
    assert found[0] == about_them
    assert len(found) == MOST_PAGES
    assert not set(others) & set(found)


def test_few_pages_of_one_outlet_and_none_that_a_fact_cites() -> None:
    unread = [mention(f"https://outlet.example/{number}") for number in range(5)]
    assert len(worth_reading(unread, QUESTION, set())) == 2
    assert unread[0] not in worth_reading(unread, QUESTION, {unread[0].id})


async def reading(
    *mentions: Mention, seconds: float = 5.0, wait: float = 0.0, **pages: str
) -> tuple[tuple[Mention, ...], SourceReport | None]:
    async def serve(request: httpx.Request) -> httpx.Response:
        host = request.headers["host"].partition(".")[0]
        await asyncio.sleep(wait if host == "slow" else 0)
        if host not in pages:
            return httpx.Response(404)
        return httpx.Response(200, headers={"content-type": "text/html"}, content=pages[host].encode())

    web = FakeWeb(lambda request: httpx.Response(404))
    transport = httpx.MockTransport(serve)
    async with Door(user_agent="t", resolve=web.resolve, transport=transport, manners=Manners(robots=False)) as door:
        return await read(mentions, QUESTION, door, seconds)


async def test_pages_are_read_and_reported() -> None:
    (found,), report = await reading(mention("https://one.example/a", outlet="one.example"), one=markup())
    assert found.text_origin == TextOrigin.ARTICLE
    assert report
    assert (report.label, report.state, report.mentions, report.reason) == ("Articles", SourceState.ANSWERED, 1, None)


async def test_a_page_that_is_gone_costs_nothing_but_itself() -> None:
    gone, there = (mention(f"https://{host}.example/a", outlet=f"{host}.example") for host in ("gone", "one"))
    found, report = await reading(gone, there, one=markup())
    assert gone in found
    assert report
    assert (report.state, report.reason) == (
        SourceState.PARTIAL,
        "1 of 2 pages could be read; one answered with HTTP status 404",
    )


async def test_what_is_not_there_in_time_is_not_waited_for() -> None:
    slow, there = (mention(f"https://{host}.example/a", outlet=f"{host}.example") for host in ("slow", "one"))
    began = time.monotonic()
    found, report = await reading(slow, there, seconds=0.5, wait=3, one=markup(), slow=markup())
    assert time.monotonic() - began < 1.5
    assert slow in found
    assert report
    assert report.state == SourceState.PARTIAL


async def test_what_turns_out_to_be_old_is_left_out() -> None:
    undated = mention("https://one.example/a", outlet="one.example", published_at=None)
    found, _ = await reading(undated, one=markup(day="2019-04-02"))
    assert found == ()


async def test_without_time_or_need_nothing_is_asked() -> None:
    whole = mention(text="x" * 99, text_origin=TextOrigin.ARTICLE)
    assert await reading(whole) == ((whole,), None)
    assert (await reading(mention(), seconds=0.1))[1] is None


async def test_a_research_reads_what_its_sources_found() -> None:
    source = Scripted("bing_news", (0, Batch((mention("https://one.example/a", outlet="one.example"),))))
    answer = httpx.Response(200, headers={"content-type": "text/html"}, content=markup().encode())
    async with FakeWeb(lambda request: answer).door() as door:
        found = await collect(replace(QUESTION, as_of=AS_OF), [source], door, Collecting(reading=5))
    assert [report.source for report in found.reports] == ["bing_news", "articles"]
    assert found.mentions[0].text_origin == TextOrigin.ARTICLE
