"""SEC EDGAR: who the prospect is, where its name leaves no doubt; filings in words; others' filings that name it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from collect.batch import Batch
from collect.sources import sec_edgar
from collect.sources.sec_edgar import SecEdgar, identified
from collect.sources.sec_filings import full_text, submissions
from collect.sources.sec_forms import items_in_words, purpose_of
from precall.model import AccountProfile, DateOrigin, Kind, Precision
from tests.unit.collect.support import about, page, recorded
from tests.unit.fetch.web import FakeWeb

ROWS = [
    [1543151, "MARLBROOK PUMPS, INC", "MRLB", "NYSE"],
    [1543151, "MARLBROOK PUMPS, INC", "MRLB-PA", "NYSE"],
    [22, "MARLBROOK MINING CORP /NV/", "MBMC", None],
    [27904, "TALLOW AIR LINES, INC.", "TAL", "NYSE"],
    [33, "TARGET CORP", "TGT", "NYSE"],
    [34, "Target Hospitality Corp.", "TH", "Nasdaq"],
    [41, "Pump Factory Inc", "PUMP", "NYSE"],
    [42, "PUMP FACTORY LTD", "PMPF", "OTC"],
    [51, "O'Brien & Søn Brewers Co", "OBSB", "OTC"],
]


def registrants(rows: object = ROWS) -> str:
    return json.dumps({"fields": ["cik", "name", "ticker", "exchange"], "data": rows})


def known(name: str, **account: Any) -> AccountProfile:
    batch = identified(page(registrants(), "application/json"), about(name, **account))
    assert batch.profile is not None
    return batch.profile


def own(**fields: Any) -> dict[str, Any]:
    recent = {
        "accessionNumber": ["0001543151-26-000007", "0001543151-26-000006", "0001543151-26-000005", "0001-x"],
        "filingDate": ["2026-02-25", "2026-02-20", "2026-02-10", "2026-02-01"],
        "acceptanceDateTime": ["2026-02-25T21:31:12.000Z", "", "2026-02-10T12:00:00.000Z", ""],
        "form": ["8-K", "10-Q/A", "4", "8-K"],
        "items": ["1.05,5.02,9.01", "", "", ""],
    }
    answer = {
        "cik": "0001543151",
        "name": "Marlbrook Pumps, Inc",
        "sicDescription": "Pumps & Pumping Equipment",
        "tickers": ["MRLB", "MRLB-PA"],
        "exchanges": ["NYSE", "NYSE"],
        "addresses": {"business": {"city": "HEXLEY", "stateOrCountryDescription": "OH"}},
        "filings": {"recent": recent},
    }
    return answer | fields


def told(answer: object) -> Batch:
    url = "https://data.sec.gov/submissions/CIK0001543151.json"
    return submissions(page(json.dumps(answer), "application/json", url), about())


def hit(**fields: Any) -> dict[str, Any]:
    source = {
        "ciks": ["0000000077"],
        "display_names": ["SKERRY LINES LTD  (SKRY)  (CIK 0000000077)"],
        "file_date": "2026-02-18",
        "form": "8-K",
        "items": ["1.01", "9.01"],
        "adsh": "0000000077-26-000012",
    }
    return {"_id": "0000000077-26-000012:ex991.htm", "_source": source | fields}


def found(*hits: object, own_cik: str | None = None) -> Batch:
    answer = page(json.dumps({"hits": {"total": {"value": 1}, "hits": hits}}), "application/json")
    return full_text(answer, about(), asked="Marlbrook Pumps", own_cik=own_cik)


@pytest.mark.parametrize(
    ("name", "ticker"),
    [
        ("Marlbrook Pumps", "MRLB"),
        ("The Marlbrook Pumps Incorporated", "MRLB"),
        ("Tallow", "TAL"),
        ("Target Corporation", "TGT"),
        ("O’Brien and Son Brewers", None),
        ("O'Brien & Søn Brewers", "OBSB"),
        ("Target", None),
        ("Pump Factory", None),
        ("Quillfen", None),
        ("Q", None),
    ],
)
def test_only_a_sure_match_is_one(name: str, ticker: str | None) -> None:
    names = {"Tallow": {"aliases": ("Tallow Air Lines",)}}.get(name, {})
    assert known(name, **names).ticker == ticker


def test_who_it_is() -> None:
    profile = known("Marlbrook Pumps", domain="marlbrook.com")
    assert (profile.cik, profile.ticker, profile.exchange) == ("1543151", "MRLB", "NYSE")
    assert [(each.name, each.description) for each in profile.namesakes] == [
        ("MARLBROOK MINING CORP /NV/", "listed as MBMC")
    ]


def test_without_a_match_nobody_is_a_namesake() -> None:
    assert known("Target") == AccountProfile()


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("<html></html>", "an HTML page instead of the answer"),
        ("{}", "the list of registrants has no columns cik, name and ticker"),
        ('{"fields": ["a"], "data": []}', "the list of registrants has no columns cik, name and ticker"),
    ],
)
def test_a_list_that_is_something_else_identifies_nobody(body: str, flaw: str) -> None:
    assert identified(page(body, "application/json"), about()) == Batch(flaw=flaw, profile=AccountProfile())


def test_odd_rows_are_passed_over() -> None:
    rows = [None, [], ["x"], [1, None, "A", "B"], [{}, "Odd", "ODD", 7], *ROWS]
    assert identified(page(registrants(rows), "application/json"), about()).profile == known("Marlbrook Pumps")


def test_own_filings_in_words() -> None:
    batch = told(own())
    _, event, report = batch.mentions
    assert event.title == (
        "Marlbrook Pumps, Inc files 8-K: Material Cybersecurity Incidents; Departure of Directors or Certain Officers; "
        "Election of Directors; Appointment of Certain Officers; Compensatory Arrangements of Certain Officers"
    )
    assert event.text.startswith("Current report (8-K) of Marlbrook Pumps, Inc.\nMaterial Cybersecurity Incidents.\n")
    assert event.url == (
        "https://www.sec.gov/Archives/edgar/data/1543151/000154315126000007/0001543151-26-000007-index.htm"
    )
    assert (event.kind, event.outlet, event.language) == (Kind.FILING, "sec.gov", "en")
    assert (event.published_at, event.published_from) == (datetime(2026, 2, 25, 21, 31, 12, tzinfo=UTC), DateOrigin.API)
    assert report.title == "Marlbrook Pumps, Inc files 10-Q/A: Quarterly report (amended)"
    assert (report.published_at, report.published_precision) == (datetime(2026, 2, 20, tzinfo=UTC), Precision.DAY)


def test_facts_stand_in_what_they_cite() -> None:
    batch = told(own())
    cited = {mention.id: mention for mention in batch.mentions}
    facts = {fact.name: fact for fact in batch.facts}
    assert {name: fact.value for name, fact in facts.items()} == {
        "listed": "NYSE: MRLB",
        "industry": "Pumps & Pumping Equipment",
        "headquarters": "HEXLEY, OH",
        "filing": batch.mentions[1].title,
    }
    assert all(fact.value in getattr(cited[fact.mention_id], fact.field) for fact in facts.values())
    assert batch.profile == AccountProfile(cik="1543151", ticker="MRLB", exchange="NYSE")
    assert batch.mentions[0].kind == Kind.REFERENCE


def test_a_company_that_is_not_listed_has_no_listing() -> None:
    batch = told(own(tickers=[], exchanges=["None"], sicDescription="", addresses=None, filings={"recent": {}}))
    assert (batch.facts, len(batch.mentions), batch.flaw) == ((), 1, None)


def test_columns_that_are_missing_short_or_odd_cost_their_rows() -> None:
    recent = {"accessionNumber": ["0001543151-26-000007", 7, None], "form": ["8-K"], "items": "1.05"}
    (_, event) = told(own(filings={"recent": recent})).mentions
    assert (event.title, event.published_at) == ("Marlbrook Pumps, Inc files 8-K: Current report", None)


def test_hostile_names_are_text() -> None:
    (_, event, *_) = told(own(name="<b>Marlbrook</b><script>x()</script>")).mentions
    assert event.title.startswith("Marlbrook files 8-K")


@pytest.mark.parametrize(
    ("answer", "flaw"),
    [
        ({}, "the answer has no list of filings"),
        ([], "the answer has no list of filings"),
        ({"filings": {"recent": []}}, "the answer has no list of filings"),
        ({"filings": {"recent": {}}}, "the answer does not say whose filings these are"),
    ],
)
def test_submissions_that_are_something_else(answer: object, flaw: str) -> None:
    assert told(answer) == Batch(flaw=flaw)


def test_what_others_file_about_it() -> None:
    (mention,) = found(hit()).mentions
    assert mention.title == "SKERRY LINES LTD files 8-K: Entry into a Material Definitive Agreement"
    assert mention.text.endswith('The filing has the words "Marlbrook Pumps".')
    assert mention.url.endswith("/data/77/000000007726000012/0000000077-26-000012-index.htm")
    assert (mention.published_at, mention.published_precision) == (datetime(2026, 2, 18, tzinfo=UTC), Precision.DAY)


def test_own_filings_are_not_told_twice_and_forms_without_events_not_at_all() -> None:
    assert found(hit(), own_cik="77") == Batch()
    assert found(hit(form="4")) == Batch()


def test_changed_hits_cost_themselves_only() -> None:
    batch = found(hit(), hit(ciks=None), hit(display_names=[]), {"_id": "x"}, "odd", hit(file_date=None, items=None))
    assert batch.flaw == "4 of 6 hits could not be read"
    assert [mention.published_at is None for mention in batch.mentions] == [False, True]


@pytest.mark.parametrize("body", ["", "<html></html>", "[]", '{"hits": {"hits": null}}', '{"error": "busy"}'])
def test_a_search_that_answers_something_else_is_a_reason(body: str) -> None:
    batch = full_text(page(body, "application/json"), about(), asked="x", own_cik=None)
    assert not batch.mentions
    assert batch.flaw
    assert full_text(recorded("captcha.html"), about(), asked="x", own_cik=None).flaw == "blocked by a captcha"


def test_forms_and_items_in_words() -> None:
    assert purpose_of("424B5") == "Prospectus"
    assert purpose_of("D/A") == "Notice of an exempt offering of securities (amended)"
    assert purpose_of("13F-HR") is None
    assert items_in_words(["9.01"]) == ("Financial Statements and Exhibits",)
    assert items_in_words(["2.02", "9.01", "99", ""]) == ("Results of Operations and Financial Condition",)


async def batches(
    answers: dict[str, httpx.Response], profile: AccountProfile | None = None
) -> tuple[list[Batch], list[str]]:
    web = FakeWeb(lambda request: answers[request.headers["host"]])
    async with web.door() as door:
        stream: AsyncIterator[Batch] = SecEdgar().ask(replace(about(), profile=profile or AccountProfile()), door)
        heard = [batch async for batch in stream]
    return heard, [request.headers["host"] for request in web.requests]


def whole() -> dict[str, httpx.Response]:
    return {
        "www.sec.gov": httpx.Response(200, text=registrants()),
        "data.sec.gov": httpx.Response(200, json=own()),
        "efts.sec.gov": httpx.Response(200, json={"hits": {"hits": [hit()]}}),
    }


async def test_identity_first_then_filings() -> None:
    heard, hosts = await batches(whole())
    assert hosts[0] == "www.sec.gov"
    assert heard[0].profile is not None
    assert heard[0].profile.cik == "1543151"
    assert sum(mention.kind == Kind.FILING for batch in heard for mention in batch.mentions) == 3


async def test_who_is_known_is_not_looked_up_again() -> None:
    _, hosts = await batches(whole(), AccountProfile(cik="1543151"))
    assert sorted(hosts) == ["data.sec.gov", "efts.sec.gov"]


async def test_the_search_goes_on_without_the_list() -> None:
    heard, hosts = await batches(whole() | {"www.sec.gov": httpx.Response(403)})
    assert hosts == ["www.sec.gov", "efts.sec.gov"]
    assert [batch.flaw for batch in heard] == ["refused the request (HTTP status 403)", None]


def test_a_common_word_is_searched_beside_its_context() -> None:
    (phrase, *_) = about("Target", domain="target.com").company
    assert sec_edgar.query_of(phrase) == '"Target" "target.com"'
