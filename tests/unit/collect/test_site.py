"""The prospect's own site gives its news, with the text of the newest articles."""

from __future__ import annotations

import httpx
import pytest
from bs4 import BeautifulSoup

from collect.asking import ask
from collect.completing import with_article
from collect.sources import Site
from collect.sources.site_pages import feed_links
from precall.config import SourceSwitch
from precall.model import DateOrigin, Kind, Mention, SourceReport, SourceState, TextOrigin
from tests.unit.collect.support import FIXTURES, about, mention, page, recorded
from tests.unit.fetch.web import PUBLIC, FakeWeb

QUESTION = about(domain="marlbrook.example")
_FILES = {
    "https://marlbrook.example/": ("home.html", "text/html"),
    "https://marlbrook.example/news/feed.xml": ("newsroom.xml", "application/rss+xml"),
    "https://marlbrook.example/news/fenwick": ("article.html", "text/html"),
}


class Marlbrook:
    """The company's web server; `gone` paths answer 503."""

    def __init__(self, files: dict[str, tuple[str, str]] | None = None, gone: tuple[str, ...] = ()) -> None:
        self.files = _FILES if files is None else files
        self.gone = gone
        self.web = FakeWeb(self.serve)

    def serve(self, request: httpx.Request) -> httpx.Response:
        url = f"{request.url.scheme}://{request.headers['host']}{request.url.raw_path.decode()}"
        if url in self.gone:
            return httpx.Response(503)
        if url not in self.files:
            return httpx.Response(404)
        name, kind = self.files[url]
        return httpx.Response(200, headers={"content-type": kind}, content=(FIXTURES / name).read_bytes())

    async def heard(self) -> tuple[dict[str, Mention], SourceReport]:
        async with self.web.door() as door:
            mentions, report = await ask(Site(), QUESTION, door, SourceSwitch(deadline=10))
        return {found.title: found for found in mentions}, report

    @property
    def asked(self) -> list[str]:
        return [f"{request.headers['host']}{request.url.path}" for request in self.web.requests]


async def test_the_newsroom_becomes_first_party_mentions_inside_the_window() -> None:
    found, report = await Marlbrook().heard()
    assert set(found) == {
        "We open a plant in Fenwick",
        "Our year in numbers",
        "In the press: a profile",
        "Undated note",
    }
    opening = found["We open a plant in Fenwick"]
    assert (opening.kind, opening.outlet, opening.outlet_name) == (
        Kind.FIRST_PARTY,
        "marlbrook.example",
        "Marlbrook Pumps",
    )
    assert opening.url == "https://marlbrook.example/news/fenwick"
    assert opening.author == "Ada Penrose"
    assert opening.language == "en"
    assert report.label == "Company site"


async def test_the_articles_text_replaces_the_feeds_summary() -> None:
    found, _ = await Marlbrook().heard()
    opening = found["We open a plant in Fenwick"]
    assert opening.text_origin == TextOrigin.ARTICLE
    assert "in the old shipyard of Fenwick" in opening.text
    assert "Cookies" not in opening.text


async def test_a_text_that_the_feed_carries_whole_is_not_fetched_again() -> None:
    site = Marlbrook()
    found, _ = await site.heard()
    year = found["Our year in numbers"]
    assert (year.text, year.text_origin) == (
        "We shipped 21,000 pumps.\nHalf of them went abroad.",
        TextOrigin.ARTICLE,
    )
    assert "marlbrook.example/news/year" not in site.asked


async def test_somebody_elses_article_in_the_feed_is_news() -> None:
    found, _ = await Marlbrook().heard()
    profile = found["In the press: a profile"]
    assert (profile.kind, profile.outlet) == (Kind.NEWS, "tidemark.com")


async def test_an_article_that_is_gone_leaves_the_summary_and_a_reason() -> None:
    site = Marlbrook(
        gone=(*tuple(_FILES)[2:], "https://marlbrook.example/news/note", "https://tidemark.com/profiles/marlbrook")
    )
    found, report = await site.heard()
    opening = found["We open a plant in Fenwick"]
    assert (opening.text, opening.text_origin) == ("The plant makes 400 pumps a week.", TextOrigin.SNIPPET)
    assert (report.state, report.reason) == (SourceState.PARTIAL, "an article's page answered with HTTP status 503")


async def test_usual_places_are_tried_when_no_feed_is_announced() -> None:
    files = {
        "https://marlbrook.example/": ("article.html", "text/html"),
        "https://marlbrook.example/rss.xml": ("newsroom.xml", "text/xml"),
    }
    found, _ = await Marlbrook(files).heard()
    assert "Our year in numbers" in found


async def test_a_site_without_a_feed_answered_but_has_no_news() -> None:
    found, report = await Marlbrook({"https://marlbrook.example/": ("article.html", "text/html")}).heard()
    assert not found
    assert (report.state, report.reason) == (SourceState.PARTIAL, "the site announces no feed")


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "answered with HTTP status 404"),
        ({"https://marlbrook.example/": ("captcha.html", "text/html")}, "blocked by a captcha"),
    ],
)
async def test_what_cannot_be_used_is_reported_and_never_a_mention(
    files: dict[str, tuple[str, str]], reason: str
) -> None:
    found, report = await Marlbrook(files).heard()
    assert not found
    assert (report.state, report.reason) == (SourceState.FAILED, reason)


async def test_a_feed_that_is_none_is_reported_beside_what_the_home_page_tells() -> None:
    files = {**_FILES, "https://marlbrook.example/news/feed.xml": ("consent.html", "application/rss+xml")}
    found, report = await Marlbrook(files).heard()
    assert not found
    assert (report.state, report.reason) == (SourceState.PARTIAL, "a consent page instead of the feed")


async def test_a_private_address_is_refused_with_its_reason() -> None:
    site = Marlbrook()
    site.web.addresses = {"marlbrook.example": ["10.0.0.8"]}
    found, report = await site.heard()
    assert not found
    assert report.state == SourceState.FAILED
    assert report.reason is not None
    assert "leads into a private network" in report.reason
    assert not site.asked


async def test_a_site_that_is_only_below_www_is_found() -> None:
    site = Marlbrook({url.replace("https://marl", "https://www.marl"): file for url, file in _FILES.items()})
    site.web.addresses = {"www.marlbrook.example": [PUBLIC]}
    found, _ = await site.heard()
    assert found["We open a plant in Fenwick"].kind == Kind.FIRST_PARTY


async def test_a_lead_without_a_domain_skips_the_site() -> None:
    async with FakeWeb(lambda request: httpx.Response(200)).door() as door:
        found, report = await ask(Site(), about("Marlbrook"), door, SourceSwitch())
    assert not found
    assert (report.state, report.reason) == (SourceState.SKIPPED, "the lead has no domain")


def announced(markup: str) -> list[str]:
    return feed_links(BeautifulSoup(markup, "lxml"), "https://marlbrook.example/")


def test_announced_feeds_news_first_comments_never() -> None:
    links = announced(recorded("home.html", "text/html").text)
    assert links == ["https://marlbrook.example/news/feed.xml", "https://marlbrook.example/all.atom"]


def test_a_base_moves_relative_feeds() -> None:
    markup = '<base href="https://cdn.example/x/"><link rel=alternate type="application/rss+xml" href="feed">'
    assert announced(markup) == ["https://cdn.example/x/feed"]


def test_an_undated_mention_takes_the_date_of_its_page() -> None:
    told = with_article(
        mention(published_at=None), page(recorded("article.html").body, "text/html", "https://outlet.example/a")
    )
    assert told.published_at is not None
    assert (told.published_at.date().isoformat(), told.published_from) == ("2026-02-27", DateOrigin.PAGE)


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<html>", b"<div>" * 20_000, b"<p>" * 50_000 + b"x"])
def test_a_page_without_an_article_changes_nothing(body: bytes) -> None:
    before = mention(text="A summary.")
    assert with_article(before, page(body, "text/html")) == before
