"""Reddit: threads about the company, and never a question about the contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html import escape

import pytest

from collect.sources.reddit import Reddit, parse, query
from precall.model import DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import about, page, recorded
from tests.unit.collect.watched import WatchedDoor

_SAID = (
    '<!-- SC_OFF --><div class="md"><p>Ours ran for nine days &amp; nights.</p> <p>Yours?</p> </div><!-- SC_ON --> '
    '&#32; submitted by &#32; <a href="https://www.reddit.com/user/quill"> /u/quill </a> &#32; to &#32; '
    '<a href="https://www.reddit.com/r/Plumbing/"> r/Plumbing </a> <br/> <span><a href="https://www.reddit.com/x">'
    '[link]</a></span> &#32; <span><a href="https://www.reddit.com/x">[comments]</a></span>'
)
LINK = "https://www.reddit.com/r/Plumbing/comments/1abcde/marlbrook_in_a_flood/"


def entry(link: str = LINK, title: str = "Marlbrook in a flood", said: str = _SAID, dates: str | None = None) -> str:
    """A thread as the feed gives it."""
    when = "<updated>2026-02-12T07:08:09+00:00</updated><published>2026-02-12T07:08:09+00:00</published>"
    return (
        "<entry><author><name>/u/quill</name><uri>https://www.reddit.com/user/quill</uri></author>"
        f'<category term="Plumbing" label="r/Plumbing"/><content type="html">{escape(said)}</content>'
        f'<id>t3_1abcde</id><link href="{escape(link)}" />{when if dates is None else dates}'
        f"<title>{title}</title></entry>"
    )


def feed(*entries: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:media="http://search.yahoo.com/mrss/"><category term=" reddit.com" label="r/ reddit.com"/>'
        "<updated>2026-03-01T12:00:00+00:00</updated><id>/search.rss?q=marlbrook</id>"
        f"<title>reddit.com: search results - marlbrook</title>{''.join(entries)}</feed>"
    )


def test_a_thread() -> None:
    batch = parse(page(feed(entry()), "application/atom+xml"), about())
    (found,) = batch.mentions
    assert batch.flaw is None
    assert (found.url, found.title) == (LINK, "Marlbrook in a flood")
    assert (found.text, found.text_origin) == ("Ours ran for nine days & nights.\nYours?", TextOrigin.POST)
    assert (found.outlet, found.outlet_name, found.author) == ("reddit.com", "r/Plumbing on Reddit", "u/quill")
    assert (found.kind, found.published_from) == (Kind.FORUM, DateOrigin.FEED)
    assert found.published_at == datetime(2026, 2, 12, 7, 8, 9, tzinfo=UTC)
    assert found.engagement is None


def test_communities_and_users_are_no_threads() -> None:
    other = (entry("https://www.reddit.com/r/marlbrook/"), entry("https://www.reddit.com/user/marlbrook"))
    batch = parse(page(feed(*other)), about())
    assert (batch.mentions, batch.flaw) == ((), None)


def test_a_link_without_words_and_without_a_date() -> None:
    tail = _SAID.partition("<!-- SC_ON --> ")[2]
    (found,) = parse(page(feed(entry(said=tail, dates=""))), about()).mentions
    assert (found.text, found.text_origin, found.published_at, found.published_from) == (
        "",
        TextOrigin.NONE,
        None,
        None,
    )


def test_nothing_found() -> None:
    batch = parse(page(feed()), about())
    assert (batch.mentions, batch.flaw) == ((), None)


@pytest.mark.parametrize(
    ("body", "flaw"),
    [
        ("", "the feed is empty"),
        ("<!doctype html><title>Blocked</title><p>whoa there, pardner!</p>", "an HTML page instead of the feed"),
        ('{"message": "Too Many Requests", "error": 429}', "the feed is no feed"),
    ],
)
def test_something_else(body: str, flaw: str) -> None:
    batch = parse(page(body, "text/plain"), about())
    assert (batch.mentions, batch.flaw) == ((), flaw)
    assert parse(recorded("captcha.html", "text/html"), about()).flaw == "blocked by a captcha"


def test_changed_and_hostile_fields() -> None:
    batch = parse(page(feed(entry("javascript:alert(1)"), entry(title="", said=""))), about())
    assert (batch.mentions, batch.flaw) == ((), "2 entries have no title or no usable link")
    (found,) = parse(page(feed(entry(title="&lt;b&gt;Marlbrook&lt;/b&gt; \u202edne"))), about()).mentions
    assert found.title == "Marlbrook dne"


def test_all_names_in_one_query_a_common_word_only_beside_its_context() -> None:
    asked = query(about("Target Corporation", domain="target.com", aliases=("Tarjay Stores",), industry="Retail"))
    assert (
        asked
        == '"Target Corporation" OR "Tarjay Stores" OR ("Target" AND ("target.com" OR "Tarjay Stores" OR "Retail"))'
    )


async def test_it_asks_once_and_never_for_the_contact() -> None:
    door = WatchedDoor({"search.rss": feed(entry())})
    question = about("Marlbrook Pumps", contact="Ada Penrose", domain="marlbrook.example")
    batches = [batch async for batch in Reddit().ask(question, door)]
    assert [len(batch.mentions) for batch in batches] == [1]
    (asked,) = door.asked
    assert "Penrose" not in asked
    assert "t=month" in asked


@pytest.mark.parametrize(("days", "period"), [(1, "day"), (7, "week"), (30, "month"), (365, "year")])
async def test_it_asks_no_further_back_than_the_window(days: int, period: str) -> None:
    door = WatchedDoor({"search.rss": feed()})
    [_ async for _ in Reddit().ask(replace(about(), window_days=days), door)]
    assert f"t={period}" in door.asked[0]
