"""News searches are asked in the prospect's country too, and Bing within the window."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from collect.editions import editions
from collect.question import Question
from collect.sources import BingNews, GoogleNews
from precall.model import AccountProfile
from tests.unit.collect.support import about
from tests.unit.fetch.web import FakeWeb

EMPTY = "<rss version='2.0'><channel><title>News</title></channel></rss>"


@pytest.mark.parametrize(
    ("country", "markets"),
    [
        (None, ["en-US"]),
        ("Austria", ["en-US", "de-AT"]),
        ("DE", ["en-US", "de-DE"]),
        (" united  kingdom", ["en-GB"]),
        ("USA", ["en-US"]),
        ("Atlantis", ["en-US"]),
        ("", ["en-US"]),
    ],
)
def test_the_edition_of_the_country(country: str | None, markets: list[str]) -> None:
    question = replace(about(), profile=AccountProfile(country=country))
    assert [edition.market for edition in editions(question)] == markets
    if country and country.strip():
        assert [edition.market for edition in editions(about(country=country))] == markets


async def asked(source: GoogleNews | BingNews, question: Question) -> list[httpx.QueryParams]:
    web = FakeWeb(lambda _: httpx.Response(200, text=EMPTY, headers={"content-type": "application/xml"}))
    async with web.door() as door:
        assert {batch.flaw async for batch in source.ask(question, door)} == {None}
    return [request.url.params for request in web.requests]


async def test_google_is_asked_for_company_and_contact_and_at_home_for_the_company() -> None:
    requests = await asked(GoogleNews(), about(contact="Jo Farrow", country="Germany"))
    dates = "after:2026-01-30 before:2026-03-02"
    company, person = f'"Marlbrook Pumps" {dates}', f'"Jo Farrow" "Marlbrook Pumps" {dates}'
    assert sorted((request["q"], request["ceid"], request["hl"]) for request in requests) == [
        (person, "DE:de", "de"),
        (person, "US:en", "en-US"),
        (company, "DE:de", "de"),
        (company, "US:en", "en-US"),
    ]


async def test_bing_is_asked_in_the_market_and_within_the_window() -> None:
    now = replace(about(country="France"), asked_at=about().as_of)
    (request,) = await asked(BingNews(), now)
    assert (request["mkt"], request["count"]) == ("fr-FR", "100")
    assert request["qft"] == 'interval="9"+sortbydate="1"'
    (past,) = await asked(BingNews(), about())
    assert past["qft"] == 'sortbydate="1"'
    (week,) = await asked(BingNews(), replace(now, window_days=7))
    assert week["qft"] == 'interval="8"+sortbydate="1"'
    (year,) = await asked(BingNews(), replace(now, window_days=365))
    assert year["qft"] == 'sortbydate="1"'
