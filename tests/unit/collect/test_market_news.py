"""News of the market: one question to each search at once, and mentions that say what they were asked for."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from collect.asking import ask
from collect.merge import merged
from collect.question import Question
from collect.reading import worth_reading
from collect.sources import MarketNews
from precall.config import Sources
from precall.fetch import Door, HttpStatus, Page
from precall.market import MarketSettings
from precall.model import Account, Contact, Prospect, SourceState
from tests.unit.collect.support import AS_OF, ASKED_AT, about, mention, recorded

MARKETS = {"pumps": MarketSettings(competitors=("Orrin Valve", "Sluice & Sons"), terms=("drinking water",))}


class Web:
    """A door behind which both searches answer, once two requests wait at the same time."""

    def __init__(self, fails: str = "") -> None:
        self.asked: dict[str, Any] = {}
        self._fails = fails
        self._both = asyncio.Event()

    async def get(self, url: str, *, params: Any, **_: Any) -> Page:
        self.asked[url] = params
        if len(self.asked) == 2:
            self._both.set()
        async with asyncio.timeout(5):
            await self._both.wait()
        if self._fails and self._fails in url:
            raise HttpStatus(503)
        return recorded("google_news.xml" if "google" in url else "bing_news.xml")


def question(**changes: Any) -> Question:
    asked = about(industry="Pumps")
    return Question(asked.prospect, AS_OF, 30, ASKED_AT, **({"markets": MARKETS} | changes))


async def _heard(web: Web) -> Any:
    return await ask(MarketNews(), question(), cast(Door, web), Sources().market_news)


def test_both_searches_are_asked_at_once_for_competitors_and_phrases() -> None:
    web = Web()
    found, report = asyncio.run(_heard(web))
    google, bing = web.asked["https://news.google.com/rss/search"], web.asked["https://www.bing.com/news/search"]
    assert google["q"] == '("Orrin Valve" OR "Sluice & Sons" OR "drinking water") after:2026-01-30 before:2026-03-02'
    assert bing["q"] == '("Orrin Valve" OR "Sluice & Sons" OR "drinking water")'
    assert bing["count"] == "25"
    assert found
    assert {(each.source, each.asked_for) for each in found} == {("market_news", "market")}
    assert (report.state, report.asked_for) == (SourceState.ANSWERED, "market")


def test_one_search_that_fails_costs_its_half() -> None:
    found, report = asyncio.run(_heard(Web(fails="bing")))
    assert found
    assert report.state is SourceState.PARTIAL


def test_quotation_marks_in_settings_do_not_end_a_phrase() -> None:
    market = {"any": MarketSettings(terms=('the "cold" chain',))}
    assert MarketNews().lacks(question(markets=market)) is None
    web = Web()
    asyncio.run(_drained(web, question(markets=market)))
    assert web.asked["https://www.bing.com/news/search"]["q"].count('"') % 2 == 0


async def _drained(web: Web, asked: Question) -> None:
    async for _ in MarketNews().ask(asked, cast(Door, web)):
        pass


@pytest.mark.parametrize(
    "prospect",
    [
        Prospect(account=Account(name="Marlbrook Pumps")),
        Prospect(account=Account(industry="Pumps"), contact=Contact(name="Ada Penrose", title="Buyer")),
    ],
    ids=["no industry", "no company"],
)
def test_without_an_industry_or_a_company_nothing_is_asked(prospect: Prospect) -> None:
    lacking = MarketNews().lacks(Question(prospect, AS_OF, 30, ASKED_AT, markets=MARKETS))
    assert lacking == "neither precall.yaml nor an industry says what their market is"


def test_what_the_prospects_own_question_brings_too_stays_theirs() -> None:
    own = mention("https://outlet.example/a")
    market = mention("https://outlet.example/a", asked_for="market", text="More of it.", text_origin="snippet")
    found = merged([own, market])
    assert found == merged([market, own])
    assert [(each.asked_for, each.text) for each in found] == [("prospect", "More of it.")]


def test_market_news_are_not_read_for_their_text() -> None:
    own, market = mention("https://a.example/1"), mention("https://b.example/2", asked_for="market")
    assert worth_reading([own, market], about(), set()) == [own]
