"""YouTube: the videos of the company's channel, whose feed comes and goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from collect.sources.youtube import YouTube, parse
from precall.model import AccountProfile, DateOrigin, Handle, Kind, TextOrigin
from tests.unit.collect.support import about, page
from tests.unit.collect.watched import WatchedDoor

CHANNEL = "UCabcdefghijklmnopqrstuv"
QUESTION = replace(
    about(),
    profile=AccountProfile(handles=(Handle(network="youtube", id="@marlbrook"), Handle(network="youtube", id=CHANNEL))),
)


def entry(title: str = "Inside our new depot", link: str = "https://www.youtube.com/watch?v=abcdefghijk") -> str:
    """A video as the feed gives it."""
    return (
        f"<entry><id>yt:video:abcdefghijk</id><yt:videoId>abcdefghijk</yt:videoId><title>{title}</title>"
        f'<link rel="alternate" href="{link}"/><author><name>Marlbrook Pumps</name></author>'
        "<published>2026-02-18T15:00:12+00:00</published><updated>2026-02-28T01:00:00+00:00</updated>"
        "<media:group><media:title>x</media:title>"
        "<media:description>A walk through 40 rows of pumps.</media:description>"
        '<media:community><media:starRating count="312" average="5.00" min="1" max="5"/>'
        '<media:statistics views="9021"/></media:community></media:group></entry>'
    )


def feed(*entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" '
        'xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">'
        f"<id>yt:channel:abc</id><title>Marlbrook Pumps</title>{''.join(entries)}</feed>"
    )


def test_a_video() -> None:
    batch = parse(page(feed(entry()), "text/xml"), QUESTION)
    (found,) = batch.mentions
    assert batch.flaw is None
    assert (found.url, found.title) == ("https://www.youtube.com/watch?v=abcdefghijk", "Inside our new depot")
    assert (found.text, found.text_origin) == ("A walk through 40 rows of pumps.", TextOrigin.SNIPPET)
    assert (found.outlet, found.outlet_name) == ("youtube.com", "Marlbrook Pumps on YouTube")
    assert (found.kind, found.author) == (Kind.FIRST_PARTY, "Marlbrook Pumps")
    assert (found.published_at, found.published_from) == (datetime(2026, 2, 18, 15, 0, 12, tzinfo=UTC), DateOrigin.FEED)
    assert found.engagement is not None
    assert found.engagement.points == 312


def test_changed_and_undated() -> None:
    bare = "<entry><title>Teaser</title><link href='https://www.youtube.com/watch?v=b'/></entry><entry/>"
    batch = parse(page(feed(bare)), QUESTION)
    (found,) = batch.mentions
    assert (found.published_at, found.text) == (None, "")
    assert found.engagement is not None
    assert found.engagement.points == 0
    assert batch.flaw == "1 entries have no title or no usable link"


@pytest.mark.parametrize("count", ["-1", "many", "9" * 400, "²"])
def test_a_wild_number_of_likes_is_none(count: str) -> None:
    (found,) = parse(page(feed(entry().replace("312", count))), QUESTION).mentions
    assert found.engagement is not None
    assert found.engagement.points == 0


def test_hostile() -> None:
    (found,) = parse(
        page(feed(entry("&lt;script&gt;1&lt;/script&gt;Marlbrook"), entry(link="javascript:1"))), QUESTION
    ).mentions
    assert found.title == "Marlbrook"


def test_an_error_page_and_an_empty_channel() -> None:
    assert parse(page("<html><body>404"), QUESTION).flaw == "an HTML page instead of the feed"
    assert parse(page(feed()), QUESTION).flaw is None


async def test_a_feed_that_is_not_there_now_is_asked_for_as_a_playlist() -> None:
    door = WatchedDoor({f"channel_id={CHANNEL}": 404, "playlist_id=UUabcdefghijklmnopqrstuv": feed(entry())})
    (batch,) = [batch async for batch in YouTube().ask(QUESTION, door)]
    assert (len(batch.mentions), batch.flaw) == (1, None)


async def test_a_channel_that_stays_away_is_reported_after_two_requests() -> None:
    door = WatchedDoor({})
    (batch,) = [batch async for batch in YouTube().ask(QUESTION, door)]
    assert (batch.mentions, batch.flaw) == ((), "answered with HTTP status 404")
    assert len(door.asked) == 2


async def test_a_refusal_is_not_asked_again() -> None:
    door = WatchedDoor({"videos.xml": 429})
    (batch,) = [batch async for batch in YouTube().ask(QUESTION, door)]
    assert batch.flaw == "asked for fewer requests (HTTP status 429)"
    assert len(door.asked) == 1


def test_a_handle_is_no_channel() -> None:
    only = AccountProfile(handles=(Handle(network="youtube", id="@marlbrook"),))
    assert YouTube().lacks(replace(about(), profile=only)) == "no YouTube channel of the company is known"
    assert YouTube().lacks(QUESTION) is None
