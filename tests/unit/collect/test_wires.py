"""Press-release wires: what names the prospect is kept, with its issuer and the wire; everybody else's is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from collect.sources import wires
from precall.config import Sources
from precall.model import Kind, TextOrigin
from tests.unit.collect.support import about, page, recorded
from tests.unit.fetch.web import FakeWeb


def feed(title: str, issuer: str = "", summary: str = "") -> str:
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title><item>'
        f"<title>{title}</title><link>https://www.globenewswire.com/news-release/1.html</link>"
        f"<description>{summary}</description><dc:contributor>{issuer}</dc:contributor></item></channel></rss>"
    )


def test_releases_of_and_about_the_prospect() -> None:
    batch = wires.parse(recorded("prnewswire.xml"), about())
    own, other = batch.mentions
    assert batch.flaw is None
    assert (own.source, own.kind, own.outlet, own.outlet_name) == ("wires", Kind.NEWS, "prnewswire.com", "PR Newswire")
    assert (own.author, other.author) == ("Marlbrook Pumps plc", "Harbour of Fenwick")
    assert own.text.endswith("/PRNewswire/ -- The plant makes 40 pumps a day.")
    assert own.text_origin == TextOrigin.SNIPPET
    assert (own.published_at, other.published_at) == (datetime(2026, 2, 28, 9, 30, tzinfo=UTC), None)
    assert own.language == "en"


@pytest.mark.parametrize(
    ("title", "issuer", "kept"),
    [
        ("Target reports results", "Target Corporation", True),
        ("Target Hospitality opens a lodge", "Target Hospitality Corp.", False),
        ("Lender cuts its Target", "Other Bank", False),
        ("On Target for growth", "", False),
        ("Shop target.com this week", "Other Shop", True),
    ],
)
def test_a_common_word_counts_as_the_issuers_name_only(title: str, issuer: str, kept: bool) -> None:
    batch = wires.parse(page(feed(title, issuer)), about("Target", domain="target.com"))
    assert bool(batch.mentions) is kept


def test_a_common_word_counts_beside_the_contacts_name_too() -> None:
    question = about("Target", contact="Odile Brandt")
    release = feed("Harbour board adds Odile Brandt of Target", "Harbour of Fenwick")
    assert len(wires.parse(page(release), question).mentions) == 1
    assert not wires.parse(page(release.replace("of Target", "of Fenwick")), question).mentions
    assert not wires.parse(page(release), about("Target")).mentions


def test_a_wire_without_news_of_the_prospect_answered() -> None:
    batch = wires.parse(recorded("prnewswire.xml"), about("Quillfen"))
    assert (batch.mentions, batch.flaw) == ((), None)


@pytest.mark.parametrize(
    ("name", "flaw"), [("consent.html", "a consent page instead of the feed"), ("captcha.html", "a captcha")]
)
def test_pages_instead_of_feeds_are_never_mentions(name: str, flaw: str) -> None:
    batch = wires.parse(recorded(name, "text/html"), about())
    assert not batch.mentions
    assert batch.flaw
    assert batch.flaw.endswith(flaw)


def test_hostile_releases_are_text() -> None:
    hostile = feed("Marlbrook Pumps &lt;script&gt;x()&lt;/script&gt;", "&lt;b&gt;Marlbrook&lt;/b&gt;")
    (found,) = wires.parse(page(hostile), about()).mentions
    assert "<" not in f"{found.title}{found.author}"


def test_a_feed_that_breaks_off_gives_what_it_has() -> None:
    body = recorded("prnewswire.xml").body
    batch = wires.parse(page(body[: body.index(b"Harbour")]), about())
    assert [found.author for found in batch.mentions] == ["Marlbrook Pumps plc"]
    assert batch.flaw


async def test_every_feed_is_asked_and_one_that_fails_is_a_flaw() -> None:
    urls = ("https://one.com/rss", "https://two.com/rss")
    good = recorded("prnewswire.xml").body
    web = FakeWeb(
        lambda request: httpx.Response(200, content=good) if "one" in request.headers["host"] else httpx.Response(503)
    )
    question = replace(about(), tuning=Sources.model_validate({"wires": {"feeds": urls}}))
    async with web.door() as door:
        batches = [batch async for batch in wires.Wires().ask(question, door)]
    assert sorted(len(batch.mentions) for batch in batches) == [0, 2]
    assert {batch.flaw for batch in batches} == {None, "answered with HTTP status 503"}


def test_without_feeds_the_fix_is_said() -> None:
    question = replace(about(), tuning=Sources.model_validate({"wires": {"feeds": ()}}))
    assert wires.Wires().lacks(question) == "precall.yaml lists no feed under sources.wires.feeds"
    assert wires.Wires().lacks(about()) is None
