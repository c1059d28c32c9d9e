"""Podcasts: episodes that name the company, not those that only sound like it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from collect.sources.podcasts import Podcasts, parse
from precall.model import DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import about, page
from tests.unit.collect.watched import WatchedDoor

QUESTION = about(domain="marlbrook.example", contact="Ada Penrose")


def episode(**fields: Any) -> dict[str, Any]:
    """An episode as the search gives it."""
    sent: dict[str, Any] = {
        "wrapperType": "podcastEpisode",
        "kind": "podcast-episode",
        "collectionId": 1500000001,
        "trackId": 1000700000001,
        "collectionName": "Pumps & People",
        "trackName": "Ada Penrose on floods",
        "description": "Ada Penrose of Marlbrook tells how 40 pumps saved a valley.\n\nLinks: x.example",
        "releaseDate": "2026-02-16T05:00:00Z",
        "trackViewUrl": "https://podcasts.apple.com/us/podcast/ada-penrose-on-floods/id1500000001?i=1000700000001&uo=4",
        "artistIds": [1],
    }
    return sent | fields


def read(*episodes: object) -> Any:
    body = {"resultCount": len(episodes), "results": episodes}
    return parse(page("\n\n\n" + json.dumps(body), "text/javascript"), QUESTION)


def test_an_episode() -> None:
    (found,) = read(episode()).mentions
    assert found.url == "https://podcasts.apple.com/us/podcast/ada-penrose-on-floods/id1500000001?i=1000700000001"
    assert (found.outlet, found.outlet_name) == ("podcasts.apple.com/id1500000001", "Pumps & People")
    assert (found.title, found.kind, found.text_origin) == ("Ada Penrose on floods", Kind.NEWS, TextOrigin.SNIPPET)
    assert found.text.endswith("saved a valley.\nLinks: x.example")
    assert (found.published_at, found.published_from) == (datetime(2026, 2, 16, 5, tzinfo=UTC), DateOrigin.API)


def test_what_only_sounds_like_it_is_no_flaw() -> None:
    batch = read(episode(description="A walk along the Marlbrooke river", trackName="Rivers"))
    assert (batch.mentions, batch.flaw) == ((), None)


def test_undated() -> None:
    (found,) = read(episode(releaseDate=None)).mentions
    assert (found.published_at, found.published_from) == (None, None)


@pytest.mark.parametrize(
    "fields",
    [
        {"trackViewUrl": None},
        {"trackViewUrl": "https://evil.example/us/podcast/id1"},
        {"trackViewUrl": "javascript:alert(1)"},
        {"trackViewUrl": "https://[x"},
        {"trackName": None},
        {"collectionId": "../x"},
        {"collectionName": None},
    ],
)
def test_changed_and_hostile_fields(fields: dict[str, Any]) -> None:
    batch = read(episode(**fields))
    assert (batch.mentions, batch.flaw) == ((), "1 of 1 results could not be read")


def test_nothing_found() -> None:
    batch = read()
    assert (batch.mentions, batch.flaw) == ((), None)


async def test_the_contact_is_asked_for_with_the_company() -> None:
    door = WatchedDoor({"search": '{"results": []}'})
    [_ async for _ in Podcasts().ask(QUESTION, door)]
    terms = [asked.partition("term=")[2].partition("&")[0] for asked in door.asked]
    assert terms == ["Marlbrook", "Ada+Penrose+Marlbrook+Pumps"]
