"""No answer breaks a source or a CRM's adapter, or costs it much time.

`PRECALL_FUZZ=500 pytest tests/unit/contracts/test_hostile_answers.py` looks deeper.
"""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from collect.article import read_article
from collect.batch import Source
from collect.feeds import read_feed
from collect.question import Question
from collect.sources import SOURCES
from collect.sources.site_profile import read_home
from collect.sources.sitemaps import read_sitemap
from precall import crm
from precall.crm import Adapter, MalformedBody
from precall.fetch import FetchError, Page
from precall.market import MarketSettings
from precall.model import AccountProfile, Handle, JobBoard
from replay.world import companies
from tests.unit.collect.support import ASKED_AT, FIXTURES, about, page
from tests.unit.contracts.hostile import CPU_SECONDS, EXAMPLES, LARGEST, Tamper, door, tampering
from tests.unit.crm.samples import delivery

hostile = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
MEGABYTES = 400
"""What the process may grow by in all of this, whatever it reads."""
READERS: dict[str, tuple[Callable[[Page], Any], tuple[str, ...]]] = {
    "feed": (read_feed, ("bing_news.xml", "google_news.xml", "newsroom.xml", "hostile.xml", "prnewswire.xml")),
    "article": (lambda answer: read_article(answer, ASKED_AT), ("article.html", "home_rich.html")),
    "home page": (lambda answer: read_home(answer, about(domain="marlbrook.example")), ("home.html", "home_rich.html")),
    "sitemap": (read_sitemap, ("newsroom.xml", "hostile.xml")),
}


@pytest.fixture(scope="module", autouse=True)
def bounded() -> Any:
    """All of it stays in bounds of memory, in which what C libraries hold counts."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES


def _known() -> Question:
    """About a company of the replay web, with everything that sources ask with."""
    company = companies["tarnmoor"]
    handles = {"mastodon": "tarnmoor@social.example", "github": "tarnmoor", "bluesky": company.domain}
    handles |= {"youtube": "UCtarnmoorRobotics000001"}
    profile = AccountProfile(
        names=(company.name, "Tarnmoor"),
        domain=company.domain,
        wikidata="Q990000001",
        wikipedia=company.name,
        feeds=(f"https://{company.domain}/blog/feed.xml",),
        handles=tuple(Handle(network=name, id=one, url=f"https://{name}.example") for name, one in handles.items()),
        job_boards=(JobBoard(provider="greenhouse", token="tarnmoor"),),
        apps=("6400000001",),
        checked_at=ASKED_AT,
    )
    markets = {"any": MarketSettings(competitors=(companies["nullwick"].name,))}
    return replace(about(company.name, domain=company.domain), as_of=ASKED_AT, profile=profile, markets=markets)


KNOWN = _known()


async def told_by(source: Source, tamper: Tamper) -> AsyncIterator[Any]:
    async with door(tamper) as opened:
        async for batch in source.ask(KNOWN, opened):
            yield batch


def quickly(what: Callable[[], object]) -> None:
    began = time.process_time()
    what()
    assert time.process_time() - began < CPU_SECONDS


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_without_tampering_a_source_has_something_to_say(source: Source) -> None:
    async def mentions() -> int:
        return sum([len(batch.mentions) async for batch in told_by(source, lambda body: body)])

    assert asyncio.run(mentions())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
@hostile
@given(tamper=tampering)
def test_no_answer_breaks_a_source(source: Source, tamper: Tamper) -> None:
    async def asked() -> None:
        with suppress(FetchError):
            async for batch in told_by(source, tamper):
                assert all(mention.url.startswith("http") for mention in batch.mentions)

    quickly(lambda: asyncio.run(asked()))


@pytest.mark.parametrize("name", READERS)
@hostile
@given(tamper=tampering)
def test_no_page_breaks_its_reader(name: str, tamper: Tamper) -> None:
    read, seeds = READERS[name]
    for seed in seeds:
        kind = "text/html" if seed.endswith("html") else "application/xml"
        quickly(lambda seed=seed, kind=kind: read(page(tamper((FIXTURES / seed).read_bytes()), kind)))  # type: ignore[misc]


@pytest.mark.parametrize("name", ["generic", "hubspot", "salesforce", "pipedrive", "close", "zoho"])
@hostile
@given(tamper=tampering)
def test_no_body_breaks_a_crms_adapter(name: str, tamper: Tamper) -> None:
    adapter: Adapter = crm.adapter(name)
    sample = delivery(name)

    def parsed() -> None:
        with suppress(MalformedBody):
            adapter.parse(sample._replace(body=tamper(sample.body)))

    assert len(sample.body) < LARGEST
    quickly(parsed)
