"""The made-up encyclopaedia answers as the real one does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

import replay
from replay import Request

WEB = replay.build(datetime(2026, 3, 10, 12, tzinfo=UTC))


def get(host: str, path: str, query: str = "") -> tuple[int, Any]:
    answer = replay.answer(Request(host, path, query), WEB)
    assert isinstance(answer.body, bytes)
    return answer.status, json.loads(answer.body)


def test_a_search_finds_what_begins_so() -> None:
    _, told = get("www.wikidata.org", "/w/api.php", "action=wbsearchentities&search=tarnmoor&language=en&format=json")
    assert [hit["label"] for hit in told["search"]] == ["Tarnmoor Robotics", "Tarnmoor"]
    _, none = get("www.wikidata.org", "/w/api.php", "action=wbsearchentities&search=zymurgy&format=json")
    assert none["search"] == []


def test_items_have_what_was_asked_for() -> None:
    _, told = get("www.wikidata.org", "/w/api.php", "action=wbgetentities&ids=Q990000001|Q1&props=labels|claims")
    item = told["entities"]["Q990000001"]
    assert set(item) == {"type", "id", "labels", "claims"}
    assert item["claims"]["P1128"][1]["rank"] == "preferred"
    assert item["claims"]["P856"][0]["mainsnak"]["datavalue"]["value"] == "https://www.tarnmoor.example/"
    assert told["entities"]["Q1"] == {"id": "Q1", "missing": ""}


@pytest.mark.parametrize(
    ("title", "status", "kind"),
    [
        ("Tarnmoor_Robotics", 200, "standard"),
        ("Furrow", 200, "disambiguation"),
        ("Furrow_%28novel%29", 200, "standard"),
        ("Nobody", 404, "Internal error"),
    ],
)
def test_a_page_has_a_summary(title: str, status: int, kind: str) -> None:
    answered, told = get("en.wikipedia.org", f"/api/rest_v1/page/summary/{title}")
    assert (answered, told["type"]) == (status, kind)


def test_an_unknown_action_is_an_error() -> None:
    _, told = get("www.wikidata.org", "/w/api.php", "action=nonsense")
    assert told["error"]["code"] == "badvalue"
