from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import feedparser
import pytest
import trafilatura
from trafilatura.settings import Document

from replay import Web, world
from replay.items import Article

if TYPE_CHECKING:
    from tests.unit.replay.conftest import Get

SITES = [company for company in world.companies.values() if company.key != "murkstone"]
HOSTILE = {"Nullwick Systems", world.outlets["weirdwire"].name}


def _text(get: Get, url: str) -> str:
    answer = get(url)
    assert answer.status == 200, url
    return answer.content.decode()


@pytest.mark.parametrize("company", SITES, ids=lambda company: company.key)
def test_a_home_page_describes_the_company(get: Get, company: world.Company) -> None:
    page = _text(get, f"{company.site}/")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    organisation = json.loads(found[1])
    assert organisation["@type"] == "Organization"
    assert organisation["name"] == company.name
    assert organisation["sameAs"] == list(company.social)
    assert ('rel="alternate"' in page) is bool(company.feed)
    assert page.count('rel="me noopener"') == len(company.social)


@pytest.mark.parametrize("company", [site for site in SITES if site.feed], ids=lambda company: company.key)
def test_a_feed_is_well_formed_and_newest_first(get: Get, company: world.Company) -> None:
    feed = feedparser.parse(_text(get, company.site + company.feed_path).encode())
    assert not feed.bozo
    assert {"rss20": "rss", "atom10": "atom"}[feed.version] == company.feed
    assert len(feed.entries) == len(company.posts)
    dates = [entry.published_parsed for entry in feed.entries if "published" in entry]
    assert dates == sorted(dates, reverse=True)


def test_every_article_can_be_read_by_a_machine(get: Get, web: Web) -> None:
    for article in web.world.pages.values():
        if article.outlet not in HOSTILE:
            page = trafilatura.bare_extraction(_text(get, article.url), url=article.url, with_metadata=True)
            assert isinstance(page, Document)
            _check(article, page)


def _check(article: Article, page: Document) -> None:
    assert page.title == article.title
    if article.published:
        assert page.date == f"{article.published:%Y-%m-%d}"
    assert all(paragraph[:50] in (page.text or "") for paragraph in article.paragraphs)
    assert not any(around in (page.text or "") for around in ("Subscribe", "Privacy", "cookies", "Most read"))


def test_titles_are_escaped_on_the_page(get: Get) -> None:
    page = _text(get, "https://weirdwire.example/script")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_www_leads_to_the_bare_domain(get: Get) -> None:
    answer = get("https://www.tarnmoor.example/about")
    assert answer.status == 301
    assert answer.headers["Location"] == "https://tarnmoor.example/about"


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/about", "/blog/"])
def test_the_usual_files_are_there(get: Get, path: str) -> None:
    assert get(f"https://tarnmoor.example{path}").status == 200


@pytest.mark.parametrize(
    "url",
    ["https://tarnmoor.example/no", "https://nobody.example/", "https://harborledger.example/no", "https://x.test/"],
)
def test_what_is_not_there_is_not_found(get: Get, url: str) -> None:
    assert get(url).status == 404


def test_an_outlet_lists_its_articles(get: Get) -> None:
    page = _text(get, "https://www.freightsignal.example/")
    assert page.count("<li>") == 4
    assert get("https://www.freightsignal.example/robots.txt").status == 200
