"""A site without a feed still says what it has published."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from collect.asking import ask
from collect.sources import Site
from collect.sources.sitemaps import Sitemap, announced, articles, read_sitemap
from precall.config import SourceSwitch
from precall.fetch import Page
from precall.model import DateOrigin, Kind, SourceState
from tests.unit.collect.support import AS_OF, FIXTURES, about, page
from tests.unit.fetch.web import FakeWeb

URL = "https://marlbrook.example/sitemap-news.xml"
NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
 <url><loc>https://marlbrook.example/press/quay</loc><news:news><news:publication>
  <news:name>Marlbrook</news:name><news:language>en</news:language></news:publication>
  <news:publication_date>2026-02-20T09:00:00Z</news:publication_date>
  <news:title>A quay &amp; a pump</news:title></news:news></url>
 <url><loc>https://marlbrook.example/press/undated-item</loc><news:news><news:publication_date>soon</news:publication_date>
  <news:title>Undated</news:title></news:news></url>
 <url><loc>https://elsewhere.example/press/foreign</loc><news:news><news:title>Not theirs</news:title></news:news></url>
 <url><loc>javascript:alert(1)</loc><news:news><news:title>Hostile</news:title></news:news></url>
</urlset>"""
PLAIN = """<urlset><url><loc>https://marlbrook.example/news/fenwick-plant</loc><lastmod>2026-02-27</lastmod></url>
 <url><loc>https://marlbrook.example/news/</loc><lastmod>2026-02-27</lastmod></url>
 <url><loc>https://marlbrook.example/news/long-ago-item</loc><lastmod>2020-02-27</lastmod></url>
 <url><loc>https://marlbrook.example/products/big-pump</loc><lastmod>2026-02-27</lastmod></url>
 <url><loc>https://marlbrook.example/news/without-a-date</loc></url></urlset>"""
INDEX = """<sitemapindex><sitemap><loc>https://marlbrook.example/pages.xml</loc></sitemap>
 <sitemap><loc>https://marlbrook.example/post-sitemap.xml</loc></sitemap>
 <sitemap><loc>https://evil.example/x.xml</loc></sitemap></sitemapindex>"""


def test_news_are_told_with_title_and_date() -> None:
    first, second = read_sitemap(page(NEWS, url=URL)).entries
    assert (first.title, first.url) == ("A quay & a pump", "https://marlbrook.example/press/quay")
    assert first.published_at == datetime(2026, 2, 20, 9, tzinfo=UTC)
    assert (second.title, second.published_at) == ("Undated", None)


def test_of_other_pages_those_that_look_like_recent_articles() -> None:
    sitemap = read_sitemap(page(PLAIN, url=URL))
    assert len(sitemap.places) == 5
    assert articles(sitemap.places, about().since, 5) == ["https://marlbrook.example/news/fenwick-plant"]


def test_further_sitemaps_of_the_same_site() -> None:
    found = read_sitemap(page(INDEX, url=URL)).nested
    assert found == ("https://marlbrook.example/pages.xml", "https://marlbrook.example/post-sitemap.xml")


@pytest.mark.parametrize(
    "body", ["", "<html><h1>404</h1></html>", "{}", "\x00\xff", "<urlset><url><loc>", "<urlset>" * 5_000]
)
def test_anything_else_is_empty(body: str) -> None:
    assert read_sitemap(page(body, url=URL)) == Sitemap()


def test_robots_name_the_sites_own_sitemaps() -> None:
    robots = page(
        "User-agent: *\nSitemap: https://marlbrook.example/pages.xml\nsitemap: /news.xml\nSitemap: https://evil.example/x\n",
        "text/plain",
        "https://marlbrook.example/robots.txt",
    )
    assert announced(robots) == ["https://marlbrook.example/news.xml", "https://marlbrook.example/pages.xml"]


def serve(files: dict[str, str]) -> FakeWeb:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path not in files:
            return httpx.Response(404)
        return httpx.Response(200, headers={"content-type": "text/html"}, text=files[request.url.path])

    return FakeWeb(answer)


async def test_a_site_with_nothing_but_a_sitemap_has_news() -> None:
    article = (FIXTURES / "article.html").read_text()
    web = serve({"/": "<!doctype html><p>Hi", "/sitemap.xml": PLAIN, "/news/fenwick-plant": article})
    async with web.door() as door:
        (found,), report = await ask(Site(), about(domain="marlbrook.example"), door, SourceSwitch())
    assert (found.kind, found.url) == (Kind.FIRST_PARTY, "https://marlbrook.example/news/fenwick-plant")
    assert found.published_from == DateOrigin.PAGE
    assert "shipyard of Fenwick" in found.text
    assert report.state == SourceState.ANSWERED


async def test_a_sitemap_of_news_is_read_beside_the_feeds() -> None:
    files = {"/": "<!doctype html><p>Hi", "/robots.txt": f"Sitemap: {URL}", "/sitemap-news.xml": NEWS}
    async with serve(files).door() as door:
        found, report = await ask(Site(), about(domain="marlbrook.example"), door, SourceSwitch())
    assert {mention.title for mention in found} == {"A quay & a pump", "Undated"}
    assert all(mention.published_at is None or mention.published_at < AS_OF for mention in found)
    assert report.state == SourceState.PARTIAL  # their articles are gone


@pytest.mark.parametrize("slower", ["/press.xml", "/sitemap-news.xml"])
async def test_what_the_feed_says_counts_more_than_the_sitemap_whoever_answers_first(slower: str) -> None:
    feed = """<rss version="2.0"><channel><item><title>A quay and a pump</title><author>Ada Penrose</author>
        <link>https://marlbrook.example/press/quay</link><pubDate>Fri, 20 Feb 2026 09:00:00 GMT</pubDate>
        </item></channel></rss>"""
    home = '<!doctype html><link rel="alternate" type="application/rss+xml" href="/press.xml">'
    web = serve({"/": home, "/press.xml": feed, "/robots.txt": f"Sitemap: {URL}", "/sitemap-news.xml": NEWS})
    door = web.door()
    get = door.get

    async def delayed(url: str, **more: Any) -> Page:
        await asyncio.sleep(0.2 if url.endswith(slower) else 0)
        return await get(url, **more)

    async with door:
        door.get = delayed  # type: ignore[method-assign]
        found, _ = await ask(Site(), about(domain="marlbrook.example"), door, SourceSwitch())
    assert {mention.title: mention.author for mention in found} == {"A quay and a pump": "Ada Penrose", "Undated": None}
