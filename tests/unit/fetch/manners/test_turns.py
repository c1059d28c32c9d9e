"""Who is down, busy, or wishes to be left alone is left alone, at no cost, and asked again in time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from precall.errors import StorageUnavailable
from precall.fetch import Door, FetchFailed, FetchTimedOut, HttpStatus, NotNow, Walled
from precall.fetch.manners import Manners, MemoryLedger, SteadyLedger
from precall.fetch.manners import turns as module
from precall.fetch.manners.ledger import Granted, Why
from precall.fetch.manners.rate import Rate
from precall.fetch.manners.turns import Turns
from tests.unit.fetch.web import PUBLIC, FakeWeb, Serve, Stream, ok

SITE = "https://acme.com/"
GDELT = "https://api.gdeltproject.org/api/v2/doc/doc"
REDDIT = "https://www.reddit.com/search.rss"
STACK = "https://api.stackexchange.com/2.3/search/excerpts"


class World:
    """A web, a ledger that several doors share, and a clock that a test sets."""

    def __init__(self, serve: Serve) -> None:
        self.web = FakeWeb(serve)
        self.now = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
        self.manners = Manners(MemoryLedger(), robots=False)

    def door(self) -> Door:
        return Door(
            user_agent="x",
            resolve=self.web.resolve,
            transport=httpx.MockTransport(self.web.answer),
            manners=self.manners,
            clock=lambda: self.now,
        )

    async def get(self, url: str, deadline: float = 5.0) -> str:
        """Another research's request: the text, or why there is none."""
        async with self.door() as door:
            try:
                return (await door.get(url, deadline=deadline)).text
            except NotNow as error:
                return f"not now: {error}"
            except (HttpStatus, FetchFailed, FetchTimedOut, Walled) as error:
                return str(error)

    def later(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def status(code: int, **headers: str) -> Serve:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: httpx.Response(code, headers=named)


async def test_the_slow_lane_is_asked_once_a_minute_whoever_asks() -> None:
    world = World(ok())
    assert await world.get(REDDIT) == "hello"
    world.later(20)
    assert await world.get(REDDIT) == "not now: was asked too often: next try at 12:01:00 UTC"
    world.later(40)
    assert await world.get(REDDIT) == "hello"
    assert len(world.web.requests) == 2


async def test_a_turn_that_comes_soon_is_waited_for() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    turns = Turns(MemoryLedger(), lambda: datetime(2026, 3, 1, tzinfo=UTC), sleep=sleep)
    for _ in range(2):
        async with turns.turn(httpx.URL(GDELT)):
            pass
    with pytest.raises(NotNow):
        async with turns.turn(httpx.URL(GDELT)):
            pass
    assert slept == [5.0]


async def test_a_replayed_web_is_nobodys_server() -> None:
    web = FakeWeb(ok())
    async with web.door("http://127.0.0.1:8123", Manners(robots=False)) as door:
        assert [(await door.get(REDDIT)).text for _ in range(3)] == ["hello"] * 3


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (status(429, retry_after="90"), 90),
        (status(503, retry_after="Sun, 01 Mar 2026 12:01:30 GMT"), 90),
        (status(403, x_ratelimit_remaining="0", x_ratelimit_reset="1772366490"), 90),
        (status(429, x_ratelimit_remaining="0", x_ratelimit_reset="2026-03-01T12:01:30Z"), 90),
        (status(429), 60),
    ],
)
async def test_a_wish_is_obeyed_by_every_research(answer: Serve, seconds: int) -> None:
    world = World(answer)
    await world.get(SITE)
    world.later(seconds - 1)
    assert (await world.get(SITE)).startswith("not now: ")
    world.web.serve = ok()
    world.later(1)
    assert await world.get(SITE) == "hello"
    assert await world.get(SITE) == "hello"


async def test_the_backoff_of_stack_exchange_is_obeyed_and_its_answer_used() -> None:
    world = World(ok(b'{"items": [], "backoff": 30}'))
    assert "items" in await world.get(STACK)
    assert await world.get(STACK) == "not now: asked us to wait: next try at 12:00:30 UTC"
    world.later(30)
    assert "items" in await world.get(STACK)


async def test_the_word_backoff_elsewhere_means_nothing() -> None:
    world = World(ok(b'{"backoff": 30}'))
    await world.get(SITE)
    assert "backoff" in await world.get(SITE)


async def test_three_failures_open_the_circuit_and_one_probe_closes_it() -> None:
    world = World(status(500))
    for _ in range(3):
        assert await world.get(SITE) == "answered with HTTP status 500"
    reason = "not now: did not answer lately and is left alone: next try at 12:01:00 UTC"
    assert await world.get(SITE) == reason
    assert len(world.web.requests) == 3
    world.later(60)
    assert await world.get(SITE) == "answered with HTTP status 500"
    assert (await world.get(SITE)).endswith("12:03:00 UTC")
    world.later(120)
    world.web.serve = ok()
    assert [await world.get(SITE) for _ in range(5)] == ["hello"] * 5


async def test_only_one_of_many_probes_a_host_that_was_down() -> None:
    ledger = MemoryLedger()
    ledger.rest("a", 1000, Why.DOWN)
    given = [ledger.take("a", Rate(0), 2000, 0) for _ in range(5)]
    assert [isinstance(turn, Granted) for turn in given] == [True, False, False, False, False]


async def test_other_hosts_are_not_blamed() -> None:
    world = World(lambda request: httpx.Response(500 if request.headers["host"] == "acme.com" else 200, content=b"up"))
    for _ in range(4):
        await world.get(SITE)
    assert await world.get("https://www.acme.com/") == "up"


@pytest.mark.parametrize("code", [401, 404, 410])
async def test_an_answer_to_the_one_question_is_no_failure(code: int) -> None:
    world = World(status(code))
    assert {await world.get(SITE) for _ in range(9)} == {f"answered with HTTP status {code}"}


async def test_a_source_that_blocks_us_is_left_alone_but_not_a_site_with_a_forbidden_page() -> None:
    world = World(status(403))
    said = {url: [await world.get(url) for _ in range(4)] for url in (STACK, SITE)}
    assert said[STACK][3].startswith("not now: did not answer lately")
    assert said[SITE] == ["refused the request (HTTP status 403)"] * 4


async def test_a_source_behind_a_consent_page_is_left_alone_but_not_a_site_with_one() -> None:
    world = World(status(302, location="https://consent.google.com/m"))
    said = {url: [await world.get(url) for _ in range(4)] for url in (STACK, SITE)}
    assert said[STACK][3].startswith("not now: did not answer lately")
    assert said[SITE] == ["sent a consent page instead of an answer"] * 4


async def test_a_source_that_never_answered_costs_the_next_lead_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.05)

    async def hang() -> AsyncIterator[bytes]:
        await asyncio.sleep(60)
        yield b""

    world = World(lambda request: httpx.Response(200, stream=Stream(hang())))
    assert await world.get(SITE, deadline=0.1) == "gave no complete answer within 0.1 s"
    assert (await world.get(SITE)).startswith("not now: did not answer lately")
    assert len(world.web.requests) == 1


async def test_a_request_given_up_at_once_blames_nobody() -> None:
    async def hang() -> AsyncIterator[bytes]:
        await asyncio.sleep(60)
        yield b""

    world = World(lambda request: httpx.Response(200, stream=Stream(hang())))
    await world.get(SITE, deadline=0.05)
    world.web.serve = ok()
    assert await world.get(SITE) == "hello"


async def test_no_more_than_its_share_is_asked_of_a_host_at_a_time() -> None:
    running, most = 0, 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.01)
        running -= 1
        yield b"x"

    world = World(lambda request: httpx.Response(200, stream=Stream(body())))
    async with world.door() as door:
        await asyncio.gather(*(door.get(f"{SITE}{number}") for number in range(18)))
    assert most == 6


class Broken:
    """A shared ledger that is down, and counts who tries."""

    def __init__(self) -> None:
        self.asked = 0

    def _fail(self, *_: object) -> None:
        self.asked += 1
        raise StorageUnavailable("down")

    take = rest = failed = recovered = _fail


async def test_a_broken_store_stops_nothing_and_limits_are_still_kept() -> None:
    broken = Broken()
    world = World(ok())
    world.manners = Manners(SteadyLedger(broken), robots=False)  # type: ignore[arg-type]
    assert await world.get(REDDIT) == "hello"
    assert (await world.get(REDDIT)).startswith("not now: was asked too often")
    assert broken.asked == 1


def test_a_broken_store_is_tried_again_after_a_while() -> None:
    broken, clock = Broken(), [0.0]
    ledger = SteadyLedger(broken, lambda: clock[0])  # type: ignore[arg-type]
    for moment in (0.0, 10.0, 29.0, 31.0):
        clock[0] = moment
        ledger.take("a", Rate(0), 0, 0)
    assert broken.asked == 2


async def test_a_post_is_sent_once_to_the_checked_address_and_never_on() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/moved":
            return httpx.Response(307, headers={"location": "https://elsewhere.example/"})
        return httpx.Response(200, content=request.content)

    world = World(serve)
    async with world.door() as door:
        page = await door.post(SITE, b"{}", headers={"Content-Type": "application/json"})
        with pytest.raises(HttpStatus, match="307"):
            await door.post(f"{SITE}moved", b"{}")
    assert page.body == b"{}"
    assert [(r.method, r.url.host, r.headers["host"]) for r in world.web.requests] == [("POST", PUBLIC, "acme.com")] * 2
