from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import pytest

from replay import Web

if TYPE_CHECKING:
    from tests.unit.replay.conftest import Get

API = "https://hn.algolia.com/api/v1"


def _search(get: Get, query: str, more: str = "", endpoint: str = "search_by_date") -> dict[str, Any]:
    answer = get(f"{API}/{endpoint}?query={quote_plus(query)}{more}")
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_a_story_and_a_comment_have_their_shapes(get: Get) -> None:
    hits = _search(get, "Tarnmoor")["hits"]
    story = next(hit for hit in hits if hit["objectID"] == "48100001")
    comment = next(hit for hit in hits if hit["objectID"] == "48100002")
    assert story["points"] == 342
    assert story["num_comments"] == 4
    assert story["_tags"] == ["story", "author_palletjack", "story_48100001"]
    assert story["_highlightResult"]["title"]["value"].startswith("<em>Tarnmoor</em> warehouse")
    assert comment["story_title"] == story["title"]
    assert comment["story_url"] == story["url"]
    assert comment["story_id"] == comment["parent_id"] == 48100001
    assert "title" not in comment


def test_newest_first_or_most_points_first(get: Get) -> None:
    dates = [hit["created_at_i"] for hit in _search(get, "Tarnmoor")["hits"]]
    points = [hit["points"] for hit in _search(get, "Tarnmoor", "&tags=story", "search")["hits"]]
    assert dates == sorted(dates, reverse=True)
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        ("story", {"story"}),
        ("comment", {"comment"}),
        ("(story,comment)", {"story", "comment"}),
        ("comment,story_48100001", {"comment"}),
        ("story,comment", set()),
        ("comment,(author_dockrat,author_certwatcher)", {"comment"}),
    ],
)
def test_tags(get: Get, tags: str, kinds: set[str]) -> None:
    assert {hit["_tags"][0] for hit in _search(get, "Tarnmoor", f"&tags={tags}")["hits"]} == kinds


def test_numeric_filters_are_a_range(get: Get, web: Web) -> None:
    since = int(web.as_of.timestamp()) - 300 * 3600
    recent = _search(get, "Tarnmoor", f"&numericFilters=created_at_i>{since}")["hits"]
    popular = _search(get, "Tarnmoor", f"&numericFilters=created_at_i<{since},points>=100")["hits"]
    assert {hit["objectID"] for hit in recent} == {"48100021", "48100012"}
    assert [hit["objectID"] for hit in popular] == ["48100001"]


def test_pages_follow_each_other(get: Get) -> None:
    every = [hit["objectID"] for hit in _search(get, "Tarnmoor")["hits"]]
    first = _search(get, "Tarnmoor", "&hitsPerPage=3")
    second = _search(get, "Tarnmoor", "&hitsPerPage=3&page=1")
    assert [hit["objectID"] for hit in first["hits"] + second["hits"]] == every[:6]
    assert (first["nbHits"], first["nbPages"], first["hitsPerPage"]) == (len(every), -(-len(every) // 3), 3)
    assert _search(get, "Tarnmoor", "&page=99")["hits"] == []


def test_no_query_finds_everything(get: Get, web: Web) -> None:
    assert _search(get, "")["nbHits"] == len(web.world.hn)


@pytest.mark.parametrize("bad", ["numericFilters=created_at_i", "hitsPerPage=-1", "page=x", "numericFilters=age>1"])
def test_a_wrong_parameter_is_refused(get: Get, bad: str) -> None:
    answer = get(f"{API}/search?query=x&{bad}")
    assert answer.status == 400
    assert json.loads(answer.content)["status"] == 400


def test_other_paths_do_not_exist(get: Get) -> None:
    assert get(f"{API}/items/1").status == 404
