"""Stack Exchange: questions and answers that name the company."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from collect.sources.stack_exchange import StackExchange, host_of, parse
from precall.fetch import Page
from precall.model import DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import about, page
from tests.unit.collect.watched import WatchedDoor


def item(**fields: Any) -> dict[str, Any]:
    """A question as the search gives it."""
    sent: dict[str, Any] = {
        "tags": ["pumps", "modbus"],
        "question_score": 5,
        "is_answered": True,
        "has_accepted_answer": False,
        "answer_count": 2,
        "item_type": "question",
        "score": 5,
        "last_activity_date": 1772000000,
        "creation_date": 1771574400,
        "question_id": 79000001,
        "body": "My Marlbrook controller answers &quot;busy&quot;.\r\n\r\nWhy?",
        "excerpt": 'My <span class="highlight">Marlbrook</span> controller answers &quot;busy&quot;. &hellip; ',
        "title": "Modbus: Marlbrook &amp; function code 23",
    }
    return sent | fields


def answered(*items: object) -> Page:
    body = {"items": items, "has_more": False, "quota_max": 300, "quota_remaining": 287}
    return page(json.dumps(body), "application/json")


def read(*items: object, site: str = "stackoverflow") -> Any:
    return parse(answered(*items), about(domain="marlbrook.example"), site)


def test_a_question() -> None:
    (found,) = read(item()).mentions
    assert found.url == "https://stackoverflow.com/questions/79000001"
    assert (found.title, found.text) == (
        "Modbus: Marlbrook & function code 23",
        'My Marlbrook controller answers "busy".\nWhy?',
    )
    assert (found.outlet, found.kind, found.text_origin) == ("stackoverflow.com", Kind.FORUM, TextOrigin.POST)
    assert found.published_at == datetime(2026, 2, 20, 8, tzinfo=UTC)
    assert found.published_from == DateOrigin.API
    assert found.engagement is not None
    assert (found.engagement.points, found.engagement.comments) == (5, 2)


def test_an_answer_has_the_title_of_its_question_and_says_so() -> None:
    (found,) = read(item(item_type="answer", answer_id=79000009), site="devops").mentions
    assert found.url == "https://devops.stackexchange.com/a/79000009"
    assert found.title == "Answer to: Modbus: Marlbrook & function code 23"


def test_an_excerpt_is_all_there_is_without_a_body() -> None:
    (found,) = read(item(body=None)).mentions
    assert (found.text, found.text_origin) == ('My Marlbrook controller answers "busy". …', TextOrigin.SNIPPET)


def test_a_tag_names_the_company() -> None:
    plain = {"title": "Which gauge?", "body": "Any.", "excerpt": ""}
    assert len(read(item(**plain, tags=["marlbrook"])).mentions) == 1
    batch = read(item(**plain))
    assert (batch.mentions, batch.flaw) == ((), None)


@pytest.mark.parametrize("date", [None, "1771574400", 0, -5, 10**30, True])
def test_undated(date: object) -> None:
    (found,) = read(item(creation_date=date)).mentions
    assert (found.published_at, found.published_from) == (None, None)


def test_changed_and_hostile_fields() -> None:
    odd = (item(question_id=None), item(question_id="../../x"), item(title=""), item(item_type="answer"))
    batch = read(*odd)
    assert (batch.mentions, batch.flaw) == ((), "4 of 4 items could not be read")
    (found,) = read(item(title="<script>x</script>Marlbrook \u202e", tags="marlbrook", score="many")).mentions
    assert found.title == "Marlbrook"


def test_nothing_found() -> None:
    batch = read()
    assert (batch.mentions, batch.flaw) == ((), None)


async def test_a_site_that_fails_is_named_and_the_next_one_asked() -> None:
    door = WatchedDoor({"site=stackoverflow": 400, "site=serverfault": '{"items": []}'})
    batches = [batch async for batch in StackExchange().ask(about(), door)]
    assert [batch.flaw for batch in batches] == ["stackoverflow answered with HTTP status 400", None]
    assert "q=%22Marlbrook+Pumps%22" in door.asked[0]


@pytest.mark.parametrize(
    ("site", "host"),
    [
        ("stackoverflow", "stackoverflow.com"),
        ("serverfault", "serverfault.com"),
        ("mathoverflow.net", "mathoverflow.net"),
        ("devops", "devops.stackexchange.com"),
        ("pt.stackoverflow", "pt.stackoverflow.com"),
    ],
)
def test_where_a_site_is(site: str, host: str) -> None:
    assert host_of(site) == host


def test_every_prospect_can_be_asked_for() -> None:
    assert StackExchange().lacks(about()) is None
