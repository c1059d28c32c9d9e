"""App Store: reviews with their rating, dated by the XML feed where the JSON leaves the dates out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from collect.sources.app_store import AppStore, dates_of, parse
from precall.model import AccountProfile, DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import about, page
from tests.unit.collect.watched import WatchedDoor

APP = "1234567890"
QUESTION = replace(about(), profile=AccountProfile(apps=(APP, "../x"), country="GB"))
WRITTEN = datetime(2026, 2, 17, 3, 22, 41, tzinfo=UTC)
XML = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns:im="http://itunes.apple.com/rss" '
    'xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>x</id><title>Reviews</title>'
    "<entry><updated>2026-02-16T20:22:41-07:00</updated><id>12300000001</id><title>Froze</title>"
    '<content type="text">It froze.</content><im:rating>2</im:rating><author><name>valve_fan</name></author>'
    '<link rel="related" href="https://itunes.apple.com/gb/review?id=1234567890&amp;type=Purple%20Software"/></entry></feed>'
)


def review(**fields: Any) -> dict[str, Any]:
    """A review as the JSON feed gives it; None takes a field away."""
    sent: dict[str, Any] = {
        "author": {"uri": {"label": "https://itunes.apple.com/gb/reviews/id1"}, "name": {"label": "valve_fan"}},
        "updated": {"label": "2026-02-16T20:22:41-07:00"},
        "im:rating": {"label": "2"},
        "im:version": {"label": "4.1"},
        "id": {"label": "12300000001"},
        "title": {"label": "Froze"},
        "content": {"label": "It froze, and 3 < 5.", "attributes": {"type": "text"}},
        "im:voteSum": {"label": "6"},
        "im:voteCount": {"label": "9"},
    }
    return {name: value for name, value in (sent | fields).items() if value is not None}


def answered(entry: object) -> str:
    return json.dumps(
        {"feed": {"author": {"name": {"label": "iTunes Store"}}} | ({} if entry is None else {"entry": entry})}
    )


def read(*reviews: object) -> Any:
    return parse(page(answered(list(reviews)), "text/javascript"), QUESTION, APP)


def test_a_review() -> None:
    (found,) = read(review()).mentions
    assert found.url == f"https://apps.apple.com/gb/app/id{APP}?see-all=reviews&review=12300000001"
    assert (found.title, found.author, found.outlet) == ("Froze", "valve_fan", "apps.apple.com")
    assert (found.text, found.text_origin) == ("It froze, and 3 < 5.\nRated 2 of 5 stars.", TextOrigin.POST)
    assert (found.kind, found.published_at, found.published_from) == (Kind.FORUM, WRITTEN, DateOrigin.API)
    assert found.engagement is not None
    assert found.engagement.points == 6


def test_one_review_is_no_list_and_none_is_nothing_and_the_app_is_no_review() -> None:
    assert len(parse(page(answered(review())), QUESTION, APP).mentions) == 1
    assert parse(page(answered(None)), QUESTION, APP).flaw is None
    batch = read({"im:name": {"label": "Marlbrook Control"}, "id": {"label": "x"}}, review())
    assert (len(batch.mentions), batch.flaw) == (1, None)


def test_changed_and_hostile_fields() -> None:
    odd = (review(id={"label": "../../x"}), review(title=None), review(**{"im:rating": None}), review(id=7))
    batch = read(*odd)
    assert (batch.mentions, batch.flaw) == ((), "4 of 4 reviews could not be read")
    wild = {"im:rating": {"label": "9"}, "im:voteSum": {"label": "-4"}, "title": {"label": "<i>x</i>\u202e"}}
    (found,) = read(review(**wild)).mentions
    assert (found.title, found.text) == ("x", "It froze, and 3 < 5.")


async def test_dates_come_from_the_xml_where_the_json_has_none() -> None:
    door = WatchedDoor({"/json": answered([review(updated=None)]), "/xml": XML})
    (batch,) = [batch async for batch in AppStore().ask(QUESTION, door)]
    (found,) = batch.mentions
    assert (found.published_at, found.published_from, batch.flaw) == (WRITTEN, DateOrigin.FEED, None)
    assert door.asked[0] == f"https://itunes.apple.com/gb/rss/customerreviews/id={APP}/sortBy=mostRecent/json"


async def test_reviews_stay_undated_where_neither_has_dates() -> None:
    door = WatchedDoor({"/json": answered([review(updated=None)]), "/xml": 502})
    (batch,) = [batch async for batch in AppStore().ask(QUESTION, door)]
    assert [found.published_at for found in batch.mentions] == [None]
    assert batch.flaw == "the dates of the reviews: answered with HTTP status 502"


async def test_dated_reviews_cost_one_request() -> None:
    door = WatchedDoor({"/json": answered([review()])})
    [_ async for _ in AppStore().ask(QUESTION, door)]
    assert len(door.asked) == 1


@pytest.mark.parametrize("body", ["", "<html>", "{", XML.replace("<id>123", "<id>9")])
def test_dates_of_anything(body: str) -> None:
    assert "12300000001" not in dates_of(page(body))


def test_it_needs_an_app_and_takes_no_country_that_is_no_code() -> None:
    assert AppStore().lacks(about()) == "no app of the company is known"
    nowhere = replace(QUESTION, profile=AccountProfile(apps=(APP,), country="../../etc"))
    (found,) = parse(page(answered(review())), nowhere, APP).mentions
    assert found.url.startswith("https://apps.apple.com/us/")
