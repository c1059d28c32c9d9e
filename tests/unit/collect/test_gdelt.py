"""GDELT: articles and sentences become mentions of a day; its complaints, which come with status 200, a reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from collect.batch import Batch
from collect.sources import gdelt
from precall.config import Sources
from precall.model import DateOrigin, Kind, Precision, TextOrigin
from tests.unit.collect.support import about, page, recorded
from tests.unit.fetch.web import FakeWeb

ARTICLE = {
    "url": "https://www.fenwickpost.co.uk/business/marlbrook?utm_source=x",
    "url_mobile": "",
    "title": "Marlbrook Pumps , maker of pumps , buys rival 's quay : what now ?",
    "seendate": "20260228T093000Z",
    "socialimage": "https://img.example/1.jpg",
    "domain": "fenwickpost.co.uk",
    "language": "English",
    "sourcecountry": "United Kingdom",
}


def answer(*articles: object, **top: object) -> Batch:
    return gdelt.parse(page(json.dumps({"articles": articles} | top), "application/json"), about())


def test_an_article() -> None:
    (found,) = answer(ARTICLE).mentions
    assert found.url == "https://www.fenwickpost.co.uk/business/marlbrook"
    assert found.title == "Marlbrook Pumps, maker of pumps, buys rival's quay: what now?"
    assert (found.source, found.kind, found.outlet, found.language) == ("gdelt", Kind.NEWS, "fenwickpost.co.uk", "en")
    assert (found.text, found.text_origin) == ("", TextOrigin.NONE)
    assert (found.published_at, found.published_from, found.published_precision) == (
        datetime(2026, 2, 28, tzinfo=UTC),
        DateOrigin.API,
        Precision.DAY,
    )


def test_the_sentence_that_matched_is_the_snippet() -> None:
    matched = {"language": "ENGLISH", "sentence": "Marlbrook&nbsp;buys.", "context": "It rained. Marlbrook buys. So."}
    (found,) = answer(ARTICLE | matched).mentions
    assert (found.text, found.text_origin) == ("Marlbrook buys.", TextOrigin.SNIPPET)


@pytest.mark.parametrize(("language", "code"), [("German", "de"), ("FRENCH", "fr"), ("Klingon", None), (None, None)])
def test_other_languages_are_marked(language: str | None, code: str | None) -> None:
    (found,) = answer(ARTICLE | {"language": language}).mentions
    assert found.language == code


def test_french_sets_spaces_before_signs_by_itself() -> None:
    (found,) = answer(ARTICLE | {"language": "French", "title": "Que faire ?"}).mentions
    assert found.title == "Que faire ?"


@pytest.mark.parametrize("seen", ["", "yesterday", "00000000T000000Z", 20260228, None])
def test_an_unusable_date_is_no_date(seen: object) -> None:
    (found,) = answer(ARTICLE | {"seendate": seen}).mentions
    assert (found.published_at, found.published_from) == (None, None)


def test_nothing_found() -> None:
    assert gdelt.parse(page("{}\n", "application/json"), about()) == Batch()


def test_changed_fields_cost_their_article_only() -> None:
    found = answer(ARTICLE, {"link": "x"}, ARTICLE | {"url": "javascript:alert(1)"}, "odd", ARTICLE | {"title": None})
    assert len(found.mentions) == 1
    assert found.flaw == "4 of 5 articles could not be read"


def test_titles_that_break_the_json_are_read() -> None:
    broken = json.dumps({"articles": [ARTICLE | {"title": "Pumps @ Marlbrook"}]}).replace("@", "\\' \x07 \\d")
    batch = gdelt.parse(page(broken, "application/json"), about())
    assert (batch.flaw, len(batch.mentions)) == (None, 1)


def test_hostile_titles_are_text() -> None:
    (found,) = answer(ARTICLE | {"title": "<b>Marlbrook</b><script>x()</script> &amp; \u202eevil"}).mentions
    assert found.title == "Marlbrook & evil"


@pytest.mark.parametrize(
    ("said", "flaw"),
    [
        ("Please limit requests to one every 5 seconds or contact us.", "asks for fewer requests (one every 5 s)"),
        ("The specified phrase is too short.\n", "refused the query: a name in it is too short"),
        ("Your query was too short or too long.", "refused the query: a name in it is too short"),
        ("Queries containing OR'd terms must be surrounded by ().", "refused the query"),
        ("Out of order", "the answer is no JSON"),
        ("", "the answer is empty"),
        ("<html><body>502 Bad Gateway</body></html>", "an error page instead of the answer"),
        ('{"articles": [{"url": ', "the answer is no JSON"),
        ('{"articles": 7}', "the answer has no list of articles"),
        ("[" * 100_000, "the answer is no JSON"),
    ],
)
def test_what_is_no_list_of_articles_is_a_reason(said: str, flaw: str) -> None:
    assert gdelt.parse(page(said, "text/html"), about()) == Batch(flaw=flaw)


def test_a_captcha_is_a_reason() -> None:
    assert gdelt.parse(recorded("captcha.html", "text/html"), about()).flaw == "blocked by a captcha"


def test_the_query() -> None:
    assert gdelt.query_of(about("Marlbrook Pumps, Inc.")) == '"Marlbrook Pumps"'
    assert gdelt.query_of(about("Quillfen")) == "Quillfen"
    assert gdelt.query_of(about("D-Wave")) == '"D-Wave"'
    assert gdelt.query_of(about("Uber Technologies", domain="uber.com")) == '("Uber Technologies" OR Uber)'
    narrowed = gdelt.query_of(about("Target", domain="target.com", industry="Retail"))
    assert narrowed.startswith('Target ("target.com" OR Retail')
    assert gdelt.query_of(about("Q7")) == ""


def test_the_contact_with_the_company_costs_no_second_request() -> None:
    assert gdelt.query_of(about("Quillfen", contact="Odile Brandt")) == "Quillfen"
    narrowed = gdelt.query_of(about("Target", contact="Odile Brandt", domain="target.com"))
    assert narrowed.startswith('Target ("Odile Brandt" OR "target.com" OR ')


def test_a_name_too_short_to_ask_for_is_said() -> None:
    assert gdelt.Gdelt().lacks(about("Q7")) == "GDELT searches for no name as short as this one"
    assert gdelt.Gdelt().lacks(about()) is None


async def ask(answers: Mapping[str, str], *, sentences: bool) -> tuple[list[Batch], list[httpx.Request]]:
    web = FakeWeb(lambda request: httpx.Response(200, text=answers[request.url.path]))
    tuning = Sources.model_validate({"gdelt": {"sentences": sentences}})
    async with web.door() as door:
        batches = [batch async for batch in gdelt.Gdelt().ask(replace(about(), tuning=tuning), door)]
    return batches, web.requests


async def test_one_request_is_sent_for_the_window() -> None:
    batches, (request,) = await ask({"/api/v2/doc/doc": "{}"}, sentences=False)
    assert batches == [Batch()]
    asked = request.url.params
    assert (asked["mode"], asked["format"], asked["maxrecords"]) == ("artlist", "json", "100")
    assert (asked["startdatetime"], asked["enddatetime"]) == ("20260130120000", "20260301120000")


async def test_sentences_are_asked_for_where_that_is_set() -> None:
    quoted = json.dumps({"articles": [ARTICLE | {"sentence": "Marlbrook buys."}]})
    answers = {"/api/v2/doc/doc": json.dumps({"articles": [ARTICLE]}), "/api/v2/context/context": quoted}
    batches, requests = await ask(answers, sentences=True)
    first, second = (batch.mentions[0] for batch in batches)
    assert first.id == second.id
    assert second.text == "Marlbrook buys."
    assert requests[1].url.params["startdatetime"] == "20260226120000"


async def test_after_a_complaint_nothing_more_is_asked() -> None:
    batches, requests = await ask({"/api/v2/doc/doc": "Please limit requests"}, sentences=True)
    assert len(batches) == len(requests) == 1
