"""What a site keeps from robots is not read; a site that says nothing allows it."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from precall.fetch import FetchFailed, FetchTimedOut, RobotsRefused
from precall.fetch.manners import Manners, MemoryCache
from precall.fetch.manners import robots as module
from tests.unit.fetch.web import FakeWeb, Serve

RULES = b"User-agent: *\nDisallow: /private\nAllow: /private/press\n\nUser-agent: Precall\nDisallow: /no-precall\n"


def site(answer: httpx.Response) -> Serve:
    return lambda request: answer if request.url.path == "/robots.txt" else httpx.Response(200, content=b"page")


async def read(web: FakeWeb, *paths: str, manners: Manners | None = None) -> list[str]:
    async with web.door(manners=manners or Manners()) as door:
        return [(await door.get(f"https://acme.com{path}")).text for path in paths]


async def test_the_rules_for_us_count_and_are_read_once() -> None:
    web = FakeWeb(site(httpx.Response(200, content=RULES)))
    assert await read(web, "/", "/private", "/news") == ["page"] * 3
    with pytest.raises(RobotsRefused, match=r"does not want robots to read it \(robots.txt\)"):
        await read(web, "/no-precall/x")
    assert [request.url.path for request in web.requests] == ["/robots.txt", "/", "/private", "/news", "/robots.txt"]


async def test_the_rules_for_all_count_where_there_are_none_for_us() -> None:
    web = FakeWeb(site(httpx.Response(200, content=RULES.partition(b"\n\n")[0])))
    assert await read(web, "/private/press/1") == ["page"]
    with pytest.raises(RobotsRefused):
        await read(web, "/private/x")


@pytest.mark.parametrize("code", [401, 403, 404, 410])
async def test_no_rules_allow_everything(code: int) -> None:
    assert await read(FakeWeb(site(httpx.Response(code))), "/a") == ["page"]


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"<html><h1>Not found</h1></html>", b"Disallow: /\n" * 3])
async def test_what_is_not_a_robots_txt_forbids_nothing(body: bytes) -> None:
    assert await read(FakeWeb(site(httpx.Response(200, content=body))), "/a") == ["page"]


async def test_a_site_that_cannot_say_is_not_read_for_now() -> None:
    web = FakeWeb(site(httpx.Response(503)))
    with pytest.raises(RobotsRefused, match=r"cannot say what robots may read \(HTTP status 503\)"):
        await read(web, "/a")
    assert [request.url.path for request in web.requests] == ["/robots.txt"]


async def test_a_host_that_is_not_there_is_reported_as_such() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(FetchFailed, match=r"acme\.com takes no connection"):
        await read(FakeWeb(serve), "/a")


async def test_a_robots_txt_that_never_comes_has_a_deadline_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEADLINE", 0.05)

    class Hanging(httpx.AsyncByteStream):
        async def __aiter__(self):  # type: ignore[no-untyped-def]
            await asyncio.sleep(60)
            yield b""

    with pytest.raises(FetchTimedOut, match=r"no robots\.txt within 0\.05 s"):
        await read(FakeWeb(site(httpx.Response(200, stream=Hanging()))), "/a")


async def test_interfaces_and_feeds_that_are_documented_are_asked_without() -> None:
    web = FakeWeb(site(httpx.Response(200, content=b"User-agent: *\nDisallow: /")))
    async with web.door(manners=Manners()) as door:
        assert (await door.get("https://hn.algolia.com/api/v1/search")).text == "page"


async def test_a_redirect_to_another_site_asks_its_rules_too() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "acme.com":
            return httpx.Response(404 if request.url.path == "/robots.txt" else 301, headers={"location": "//b.com/x"})
        return httpx.Response(200, content=b"User-agent: *\nDisallow: /x")

    with pytest.raises(RobotsRefused):
        await read(FakeWeb(serve), "/")


async def test_many_pages_at_once_wait_for_the_same_rules() -> None:
    web = FakeWeb(site(httpx.Response(200, content=RULES)))
    async with web.door(manners=Manners()) as door:
        await asyncio.gather(*(door.get(f"https://acme.com/{number}") for number in range(8)))
    assert [request.url.path for request in web.requests].count("/robots.txt") == 1


async def test_rules_are_kept_for_the_next_research() -> None:
    web, manners = FakeWeb(site(httpx.Response(200, content=RULES))), Manners(cache=MemoryCache())
    for path in ("/a", "/b"):
        await read(web, path, manners=manners)
    assert [request.url.path for request in web.requests] == ["/robots.txt", "/a", "/b"]


async def test_that_there_are_no_rules_is_kept_too() -> None:
    web, manners = FakeWeb(site(httpx.Response(404))), Manners(cache=MemoryCache())
    for path in ("/a", "/b"):
        await read(web, path, manners=manners)
    assert [request.url.path for request in web.requests] == ["/robots.txt", "/a", "/b"]
