"""Job boards: each opening with its place and first date, all of them counted; dates are never made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from collect.batch import Batch
from collect.question import Question
from collect.sources import job_boards
from collect.sources.job_boards import JobBoards
from collect.sources.openings import PROVIDERS
from precall.model import AccountProfile, DateOrigin, Kind
from precall.model.account import JobBoard, JobBoardProvider
from tests.unit.collect.support import about, page, recorded
from tests.unit.fetch.web import FakeWeb

Row = dict[str, Any]


def greenhouse(number: int = 1, **fields: Any) -> Row:
    return {
        "absolute_url": f"https://boards.greenhouse.io/marlbrook/jobs/{number}?gh_jid={number}",
        "id": number,
        "title": "Pump Fitter",
        "location": {"name": "Hexley"},
        "first_published": "2026-02-20T04:00:00-05:00",
        "updated_at": "2026-02-28T10:00:00-05:00",
        "language": "en",
        "content": "&lt;p&gt;You fit &lt;b&gt;pumps&lt;/b&gt; &amp;amp; valves.&lt;/p&gt;",
        "departments": [{"id": 7, "name": "Manufacturing"}],
    } | fields


def lever(number: int = 1, **fields: Any) -> Row:
    return {
        "id": f"id-{number}",
        "text": "Pump Fitter",
        "hostedUrl": f"https://jobs.lever.co/marlbrook/id-{number}",
        "createdAt": 1771578000000,
        "categories": {"department": "Manufacturing", "location": "Hexley", "team": "Line 2"},
        "description": "<div>You fit <b>pumps</b> &amp; valves.</div>",
    } | fields


def ashby(number: int = 1, **fields: Any) -> Row:
    return {
        "id": f"id-{number}",
        "title": "Pump Fitter",
        "jobUrl": f"https://jobs.ashbyhq.com/marlbrook/id-{number}",
        "department": "Manufacturing",
        "location": "Hexley",
        "publishedAt": "2026-02-20T09:00:00.000+00:00",
        "isListed": True,
        "descriptionHtml": "<p>You fit pumps &amp; valves.</p>",
    } | fields


MAKE: dict[JobBoardProvider, Callable[..., Row]] = {"greenhouse": greenhouse, "lever": lever, "ashby": ashby}
EACH = pytest.mark.parametrize("key", list(MAKE))


def parse(key: JobBoardProvider, *rows: object) -> Batch:
    answer = list(rows) if key == "lever" else {"jobs": rows}
    return job_boards.parse(page(json.dumps(answer), "application/json"), PROVIDERS[key], "marlbrook", about())


@EACH
def test_an_opening(key: JobBoardProvider) -> None:
    board, found = parse(key, MAKE[key]()).mentions
    assert (found.kind, found.source, found.title) == (Kind.JOB, "job_boards", "Pump Fitter (Hexley)")
    assert found.text == "Manufacturing · Hexley\nYou fit pumps & valves."
    assert (found.published_at, found.published_from) == (datetime(2026, 2, 20, 9, tzinfo=UTC), DateOrigin.API)
    assert found.outlet_name == board.outlet_name == PROVIDERS[key].label
    assert found.outlet == board.outlet


@EACH
def test_all_openings_are_counted_by_department(key: JobBoardProvider) -> None:
    other: Row = {"departments": [{"name": "Sales"}]} if key == "greenhouse" else {"department": "Sales"}
    other = {"categories": other} if key == "lever" else other
    batch = parse(key, MAKE[key](1), MAKE[key](2), MAKE[key](3, **other))
    board = batch.mentions[0]
    assert (board.kind, board.text) == (Kind.REFERENCE, "3 openings: 2 Manufacturing, 1 Sales")
    (fact,) = batch.facts
    assert (fact.name, fact.value, fact.mention_id) == ("openings", "3 openings", board.id)
    assert board.published_at is None


def test_what_is_older_than_the_window_counts_but_is_not_told() -> None:
    batch = parse("greenhouse", greenhouse(1), greenhouse(2, first_published="2024-01-05T04:00:00-05:00"))
    assert [mention.kind for mention in batch.mentions] == [Kind.REFERENCE, Kind.JOB]
    assert batch.facts[0].value == "2 openings"


@pytest.mark.parametrize("first", [None, "soon", 7, ""])
def test_a_change_is_no_publication(first: object) -> None:
    found = parse("greenhouse", greenhouse(first_published=first)).mentions[1]
    assert (found.published_at, found.published_from) == (None, None)


def test_the_newest_come_first_and_the_undated_last() -> None:
    dates = ("2026-02-10T00:00:00Z", None, "2026-02-27T00:00:00Z")
    batch = parse("ashby", *(ashby(number, title=str(number), publishedAt=at) for number, at in enumerate(dates)))
    assert [mention.title[0] for mention in batch.mentions[1:]] == ["2", "0", "1"]


def test_what_is_not_listed_does_not_count() -> None:
    batch = parse("ashby", ashby(1), ashby(2, isListed=False))
    assert batch.facts[0].value == "1 opening"


@EACH
def test_an_empty_board_says_nothing(key: JobBoardProvider) -> None:
    assert parse(key) == Batch()


@EACH
def test_changed_fields_cost_their_opening_only(key: JobBoardProvider) -> None:
    name = "text" if key == "lever" else "title"
    batch = parse(key, MAKE[key](1), MAKE[key](2, **{name: None}), "odd", None)
    assert len(batch.mentions) == 2
    assert batch.flaw == "3 of 4 openings could not be read"


def test_missing_departments_places_and_odd_ones_are_left_out() -> None:
    batch = parse("greenhouse", greenhouse(departments="?", location=None, content=None, language="<b>"))
    board, found = batch.mentions
    assert board.text == "1 opening"
    assert (found.title, found.text, found.language) == ("Pump Fitter", "", None)


def test_hostile_openings_are_text() -> None:
    hostile = greenhouse(title="<img src=x onerror=y()>Fitter", content="&lt;script&gt;x()&lt;/script&gt;Work.")
    found = parse("greenhouse", hostile, greenhouse(2, absolute_url="javascript:alert(1)")).mentions
    assert [mention.title for mention in found[1:]] == ["Fitter (Hexley)"]
    assert "script" not in found[1].text


@EACH
@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("", "the answer is empty"),
        ("<html><h1>502</h1>", "an HTML page instead of the answer"),
        ('{"jobs": [', "the answer is no JSON"),
        ('{"jobs": {}}', "the answer has no list of openings"),
        ("7", "the answer has no list of openings"),
    ],
)
def test_something_else_is_a_reason(key: JobBoardProvider, body: str, flaw: str) -> None:
    assert job_boards.parse(page(body, "application/json"), PROVIDERS[key], "x", about()) == Batch(flaw=flaw)


def test_a_captcha_is_a_reason() -> None:
    batch = job_boards.parse(recorded("captcha.html", "text/html"), PROVIDERS["lever"], "x", about())
    assert batch == Batch(flaw="blocked by a captcha")


def asking(*boards: tuple[JobBoardProvider, str]) -> Question:
    known = tuple(JobBoard(provider=provider, token=token) for provider, token in boards)
    return replace(about(), profile=AccountProfile(job_boards=known))


async def test_each_board_is_asked_and_one_that_is_not_there_is_no_failure() -> None:
    web = FakeWeb(
        lambda r: httpx.Response(200, json=[lever()]) if "lever" in r.headers["host"] else httpx.Response(404)
    )
    question = asking(("greenhouse", "gone"), ("lever", "a/../b"), ("ashby", "gone"))
    async with web.door() as door:
        batches = [batch async for batch in JobBoards().ask(question, door)]
    assert {batch.flaw for batch in batches} == {None}
    assert sum(len(batch.mentions) for batch in batches) == 2
    assert {request.headers["host"] for request in web.requests} == {
        "boards-api.greenhouse.io",
        "api.lever.co",
        "api.ashbyhq.com",
    }
    assert any(b"a%2F..%2Fb" in request.url.raw_path for request in web.requests)


async def test_a_board_that_refuses_is_a_reason() -> None:
    async with FakeWeb(lambda _: httpx.Response(429)).door() as door:
        batches = [batch async for batch in JobBoards().ask(asking(("lever", "marlbrook")), door)]
    assert [batch.flaw for batch in batches] == ["asked for fewer requests (HTTP status 429)"]


def test_without_a_board_it_is_said() -> None:
    assert JobBoards().lacks(about()) == "no job board of the company is known"
    assert JobBoards().lacks(asking(("lever", "marlbrook"))) is None
