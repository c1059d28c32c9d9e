"""Nobody is asked twice for what was answered a moment ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from precall.errors import StorageUnavailable
from precall.fetch import Door, HttpStatus, Page
from precall.fetch.manners import Manners, MemoryCache
from precall.fetch.manners.cache import Kept
from tests.unit.fetch.web import FakeWeb, Serve, ok

URL = "https://hn.algolia.com/api/v1/search_by_date?query=acme"


class Research:
    """Several researches, one cache, a clock that a test sets."""

    def __init__(self, serve: Serve) -> None:
        self.web = FakeWeb(serve)
        self.cache = MemoryCache()
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.account = ""

    async def get(self, url: str = URL, replay: str | None = None, limit: int = 1000, **headers: str) -> Page:
        async with self.door(replay) as door:
            return await door.get(url, headers=headers, limit=limit)

    def door(self, replay: str | None = None) -> Door:
        return Door(
            user_agent="x",
            resolve=self.web.resolve,
            transport=httpx.MockTransport(self.web.answer),
            replay_origin=replay,
            allow_replay=True,
            manners=Manners(cache=self.cache, account=self.account, robots=False),
            clock=lambda: self.now,
        )

    @property
    def asked(self) -> int:
        return len(self.web.requests)


async def test_the_next_research_gets_the_same_answer_without_asking() -> None:
    research = Research(ok(b"[1]", content_type="application/json; charset=utf-8"))
    first, second = await research.get(), await research.get()
    assert research.asked == 1
    assert (second.url, second.body, second.content_type, second.charset) == (
        first.url,
        first.body,
        first.content_type,
        first.charset,
    )


async def test_after_its_time_an_answer_is_asked_for_again() -> None:
    research = Research(ok())
    await research.get()
    research.now += timedelta(minutes=10)
    await research.get()
    assert research.asked == 2


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({"etag": '"v1"'}, {"if-none-match": '"v1"'}),
        ({"last-modified": "Sun, 01 Mar 2026 10:00:00 GMT"}, {"if-modified-since": "Sun, 01 Mar 2026 10:00:00 GMT"}),
    ],
)
async def test_an_old_answer_is_renewed_by_its_validator(said: dict[str, str], asks: dict[str, str]) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if all(request.headers.get(name) == value for name, value in asks.items()):
            return httpx.Response(304)
        return httpx.Response(200, headers=said, content=b"once")

    research = Research(serve)
    for minutes in (0, 15, 5):
        research.now += timedelta(minutes=minutes)
        assert (await research.get()).text == "once"
    assert research.asked == 2


async def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    with pytest.raises(HttpStatus, match="304"):
        await Research(lambda request: httpx.Response(304)).get()


@pytest.mark.parametrize(
    "serve",
    [
        ok(cache_control="no-store"),
        ok(cache_control="max-age=60, Private"),
        ok(b"x" * 2_000_001),
        lambda request: httpx.Response(203, content=b"x"),
    ],
)
async def test_what_must_not_or_cannot_be_kept_is_not(serve: Serve) -> None:
    research = Research(serve)
    for _ in range(2):
        await research.get(limit=3_000_000)
    assert research.asked == 2


async def test_an_answer_to_credentials_is_for_its_caller_alone() -> None:
    research = Research(ok())
    for _ in range(2):
        await research.get(authorization="Bearer x")
    assert research.asked == 2


async def test_another_form_of_the_page_is_another_page() -> None:
    research = Research(ok())
    for accept in ("text/html", "application/rss+xml", "text/html"):
        await research.get(accept=accept)
    assert research.asked == 2


async def test_an_errors_answer_is_not_kept() -> None:
    research = Research(lambda request: httpx.Response(404))
    for _ in range(2):
        with pytest.raises(HttpStatus):
            await research.get()
    assert research.asked == 2


async def test_a_kept_page_larger_than_wanted_is_asked_for_again_with_the_callers_limit() -> None:
    research = Research(ok(b"x" * 500))
    await research.get()
    with pytest.raises(Exception, match="sent more than"):
        await research.get(limit=100)


async def test_the_live_web_and_a_replayed_one_do_not_mix() -> None:
    research = Research(ok())
    for replay in (None, "http://127.0.0.1:1", "http://127.0.0.1:2", None):
        await research.get(replay=replay)
    assert research.asked == 3


class Down(MemoryCache):
    """A bucket that does not answer."""

    def get(self, key: str) -> Kept | None:
        raise StorageUnavailable("down")


async def test_without_its_cache_a_research_goes_on() -> None:
    research = Research(ok())
    research.cache = Down()
    assert (await research.get()).text == "hello"


def of_an_account(serve: Serve) -> Research:
    research = Research(serve)
    research.account = "acme.example"
    return research


class Counting(MemoryCache):
    """Counts what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.gets = self.puts = 0

    def get(self, key: str) -> Kept | None:
        self.gets += 1
        return super().get(key)

    def put(self, key: str, kept: Kept) -> None:
        self.puts += 1
        super().put(key, kept)


async def test_all_answers_about_an_account_are_read_and_written_together() -> None:
    research, cache = of_an_account(ok(b"[1]")), Counting()
    research.cache = cache
    door = research.door()
    async with door:
        for number in range(5):
            await door.get(f"{URL}{number}")
    assert (cache.gets, cache.puts) == (1, 1)
    assert (await research.get(f"{URL}3")).body == b"[1]"
    assert research.asked == 5
    assert (cache.gets, cache.puts) == (2, 1)  # nothing new: nothing written


async def test_another_account_has_answers_of_its_own() -> None:
    research = of_an_account(ok())
    await research.get()
    research.account = "other.example"
    await research.get()
    assert research.asked == 2


@pytest.mark.parametrize(
    "url", ["https://www.prnewswire.com/rss/news-releases-list.rss", "https://outlet.example/robots.txt"]
)
async def test_what_is_the_same_for_all_is_asked_once_for_all(url: str) -> None:
    research = of_an_account(ok())
    await research.get(url)
    research.account = "other.example"
    await research.get(url)
    assert research.asked == 1


async def test_an_accounts_answer_is_renewed_by_its_validator_and_forgotten_after_two_days() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        known = request.headers.get("if-none-match") == "v1"
        return httpx.Response(304) if known else httpx.Response(200, headers={"etag": "v1"}, content=b"once")

    research = of_an_account(serve)
    for passed in (timedelta(0), timedelta(hours=47), timedelta(minutes=1)):
        research.now += passed
        assert (await research.get()).text == "once"
    assert [request.headers.get("if-none-match") for request in research.web.requests] == [None, "v1"]
    research.now += timedelta(days=2)
    await research.get(f"{URL}&page=2")  # the store of this one drops the other
    await research.get()
    assert research.web.requests[-1].headers.get("if-none-match") is None


async def test_a_bundle_that_cannot_be_read_is_none() -> None:
    research = of_an_account(ok())
    await research.get()
    (key,) = research.cache.kept
    for broken in (b"", b"PK\x03\x04 and then nothing"):
        research.cache.put(key, Kept("", {}, broken, research.now))
        assert (await research.get()).text == "hello"
    assert research.asked == 3


async def test_an_account_whose_cache_is_down_is_researched() -> None:
    research = of_an_account(ok())
    research.cache = Down()
    assert (await research.get()).text == "hello"


async def test_a_bundle_keeps_the_newest_of_what_is_too_much() -> None:
    research = of_an_account(ok(b"x" * 1_900_000))
    for number in range(8):
        research.now += timedelta(seconds=1)
        await research.get(f"{URL}{number}", limit=2_000_000)
    await research.get(f"{URL}7", limit=2_000_000)
    assert research.asked == 8
    await research.get(f"{URL}0", limit=2_000_000)
    assert research.asked == 9
