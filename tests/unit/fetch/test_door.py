"""What the door asks, where it connects, and how it says that it could not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from precall.errors import InvalidConfiguration
from precall.fetch import AddressRefused, Door, FetchFailed, FetchTimedOut, HttpStatus, Walled, open_door
from tests.unit.fetch.web import PUBLIC, FakeWeb, Stream, ok


async def test_a_page_comes_back_with_what_the_server_said() -> None:
    web = FakeWeb(ok(b"<rss/>", content_type="Application/RSS+xml; charset=UTF-8"))
    async with web.door() as door:
        page = await door.get("https://acme.com/feed")
    assert (page.url, page.status, page.text) == ("https://acme.com/feed", 200, "<rss/>")
    assert (page.content_type, page.charset) == ("application/rss+xml", "utf-8")


async def test_the_connection_goes_to_the_checked_address_under_the_hosts_name() -> None:
    web = FakeWeb(ok())
    async with web.door() as door:
        await door.get("https://acme.com/feed?a=1", params={"q": '"Acme" OR b'})
    (request,) = web.requests
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "acme.com"
    assert request.extensions["sni_hostname"] == "acme.com"
    assert dict(request.url.params) == {"a": "1", "q": '"Acme" OR b'}
    assert "ops@seller.example" in request.headers["user-agent"]


async def test_a_caller_cannot_replace_host_or_user_agent() -> None:
    web = FakeWeb(ok())
    async with web.door() as door:
        await door.get("https://acme.com/", headers={"Host": "evil.example", "User-Agent": "x", "Accept": "text/html"})
    assert web.requests[0].headers["host"] == "acme.com"
    assert web.requests[0].headers["user-agent"].startswith("Precall/")
    assert web.requests[0].headers["accept"] == "text/html"


@pytest.mark.parametrize("answers", [["10.0.0.5"], [PUBLIC, "169.254.169.254"], ["::1"], ["::ffff:10.0.0.1"]])
async def test_one_private_answer_among_all_refuses_the_host(answers: list[str]) -> None:
    web = FakeWeb(ok(), {"acme.com": answers})
    async with web.door() as door:
        with pytest.raises(AddressRefused, match=r"acme\.com leads into a private network"):
            await door.get("https://acme.com/")
    assert not web.requests


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://2852039166/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://inside.acme.com/",
        "http://localhost:8080/",
        "gopher://acme.com/",
        "https://root@acme.com/",
        "http://[",
    ],
)
async def test_a_redirect_leads_nowhere_private(location: str) -> None:
    web = FakeWeb(
        lambda request: httpx.Response(302, headers={"location": location}),
        {"acme.com": [PUBLIC], "inside.acme.com": ["10.1.2.3"]},
    )
    async with web.door() as door:
        with pytest.raises(AddressRefused):
            await door.get("https://acme.com/")
    assert len(web.requests) == 1


async def test_redirects_are_followed_to_a_name_looked_up_and_checked_again() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "acme.com":
            return httpx.Response(301, headers={"location": "//www.acme.com/home#a"})
        return httpx.Response(200, content=b"home")

    web = FakeWeb(serve)
    async with web.door() as door:
        page = await door.get("https://acme.com/")
    assert page.url == "https://www.acme.com/home"
    assert web.lookups == ["acme.com", "www.acme.com"]


async def test_credentials_do_not_cross_hosts() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.headers["host"] == "api.crm.example":
            return httpx.Response(302, headers={"location": "https://elsewhere.example/"})
        return httpx.Response(200)

    web = FakeWeb(serve)
    async with web.door() as door:
        await door.get("https://api.crm.example/", headers={"Authorization": "Bearer x", "Accept": "text/html"})
    first, second = web.requests
    assert first.headers["authorization"] == "Bearer x"
    assert "authorization" not in second.headers
    assert second.headers["accept"] == "text/html"


async def test_redirects_end_after_five() -> None:
    web = FakeWeb(lambda request: httpx.Response(302, headers={"location": "/again"}))
    async with web.door() as door:
        with pytest.raises(FetchFailed, match="more than 5 times"):
            await door.get("https://acme.com/")
    assert len(web.requests) == 6


async def test_a_redirect_without_a_place_to_go() -> None:
    web = FakeWeb(lambda request: httpx.Response(302))
    async with web.door() as door:
        with pytest.raises(FetchFailed, match="nowhere"):
            await door.get("https://acme.com/")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("https://consent.google.com/m?continue=x", "sent a consent page instead of an answer"),
        ("https://guce.techcrunch.com/consent", "sent a consent page instead of an answer"),
        ("https://www.google.com/sorry/index?continue=x", "blocked by a captcha"),
        ("https://geo.captcha-delivery.com/captcha/?x=1", "blocked by a captcha"),
    ],
)
async def test_a_page_that_stands_between_is_named_and_not_asked(location: str, reason: str) -> None:
    web = FakeWeb(lambda request: httpx.Response(302, headers={"location": location}))
    async with web.door() as door:
        with pytest.raises(Walled, match=f"^{reason}$"):
            await door.get("https://news.google.com/rss/search")
    assert len(web.requests) == 1


async def test_a_consent_managers_own_site_may_be_asked() -> None:
    web = FakeWeb(
        lambda request: (
            httpx.Response(302, headers={"location": "/home"})
            if request.url.path == "/"
            else httpx.Response(200, content=b"hello")
        )
    )
    async with web.door() as door:
        assert (await door.get("https://consent.acme.com/")).text == "hello"


@pytest.mark.parametrize(
    ("status", "headers", "reason"),
    [
        (403, {}, "refused the request (HTTP status 403)"),
        (403, {"cf-mitigated": "challenge"}, "blocked by a captcha (HTTP status 403)"),
        (403, {"x-datadome": "protected"}, "blocked by a captcha (HTTP status 403)"),
        (429, {}, "asked for fewer requests (HTTP status 429)"),
        (502, {}, "answered with HTTP status 502"),
    ],
)
async def test_a_refusal_says_what_a_reader_wants_to_know(status: int, headers: dict[str, str], reason: str) -> None:
    web = FakeWeb(lambda request: httpx.Response(status, headers=headers))
    async with web.door() as door:
        with pytest.raises(HttpStatus) as caught:
            await door.get("https://acme.com/")
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("Sun, 01 Mar 2026 12:01:30 GMT", 90.0), ("Sun, 01 Mar 2020 12:00:00 GMT", 0.0), ("soon", None)],
)
async def test_an_error_status_says_when_to_come_back(header: str, seconds: float | None) -> None:
    web = FakeWeb(lambda request: httpx.Response(429, headers={"retry-after": header}))
    async with web.door() as door:
        with pytest.raises(HttpStatus, match="429") as caught:
            await door.get("https://acme.com/")
    assert (caught.value.status, caught.value.retry_after) == (429, seconds)


async def test_the_deadline_is_for_the_whole_answer_however_it_trickles() -> None:
    async def trickle() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(0.01)
            yield b"."

    body = Stream(trickle())
    web = FakeWeb(lambda request: httpx.Response(200, stream=body))
    async with web.door() as door:
        with pytest.raises(FetchTimedOut, match=r"within 0\.1 s"):
            await door.get("https://acme.com/", deadline=0.1)
    assert body.closed


async def test_a_slow_lookup_counts_against_the_deadline() -> None:
    async def resolve(host: str) -> tuple[str, ...]:
        await asyncio.sleep(60)
        return (PUBLIC,)

    async with Door(user_agent="x", resolve=resolve, transport=httpx.MockTransport(ok())) as door:
        with pytest.raises(FetchTimedOut):
            await door.get("https://acme.com/", deadline=0.05)


async def test_the_next_address_is_tried_when_one_takes_no_connection() -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        if request.url.host == "1.1.1.1":
            raise httpx.ConnectError("refused")
        return httpx.Response(200, content=b"there")

    web = FakeWeb(serve, {"acme.com": ["2606:4700::1111", "1.1.1.1"]})
    async with web.door() as door:
        page = await door.get("https://acme.com/")
    assert page.body == b"there"
    assert [request.url.host for request in web.requests] == ["1.1.1.1", "2606:4700::1111"]


@pytest.mark.parametrize("error", [httpx.ConnectError("x"), httpx.ReadError("x"), httpx.RemoteProtocolError("x")])
async def test_a_broken_connection_is_a_readable_failure(error: Exception) -> None:
    def serve(request: httpx.Request) -> httpx.Response:
        raise error

    async with FakeWeb(serve).door() as door:
        with pytest.raises(FetchFailed):
            await door.get("https://acme.com/")


async def test_cancelling_is_not_swallowed() -> None:
    async def hang() -> AsyncIterator[bytes]:
        await asyncio.sleep(60)
        yield b""

    async with FakeWeb(lambda request: httpx.Response(200, stream=Stream(hang()))).door() as door:
        task = asyncio.create_task(door.get("https://acme.com/"))
        await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_replay_is_for_development_only() -> None:
    with pytest.raises(InvalidConfiguration, match="REPLAY_ORIGIN"):
        open_door("production", "http://127.0.0.1:8123", "ops@seller.example")
    assert open_door("development", "http://127.0.0.1:8123", "ops@seller.example")
    assert open_door("production", None, "ops@seller.example")


async def test_replayed_pages_keep_their_address_and_need_no_lookup() -> None:
    web = FakeWeb(ok())
    async with web.door("http://127.0.0.1:8123") as door:
        page = await door.get("https://acme.example/feed?x=1", params={"q": "a b"})
    assert page.url == "https://acme.example/feed?x=1&q=a+b"
    assert web.requests[0].url == "http://127.0.0.1:8123/acme.example/feed?x=1&q=a+b"
    assert web.requests[0].headers["host"] == "127.0.0.1:8123"
    assert not web.lookups


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://localhost/", "http://2130706433/", "http://x.internal/"])
async def test_replay_refuses_what_is_refused_as_always(url: str) -> None:
    web = FakeWeb(lambda request: httpx.Response(302, headers={"location": url}))
    async with web.door("http://127.0.0.1:8123") as door:
        with pytest.raises(AddressRefused):
            await door.get(url)
        with pytest.raises(AddressRefused):
            await door.get("https://acme.example/")


async def test_a_body_is_sent_once_by_the_method_that_was_asked_for_and_follows_no_redirect() -> None:
    web = FakeWeb(lambda request: httpx.Response(302, headers={"location": "https://other.example/"}))
    async with web.door() as door:
        with pytest.raises(HttpStatus, match="302"):
            await door.post("https://acme.com/records/7", b"{}", method="PATCH", headers={"authorization": "Bearer x"})
    (sent,) = web.requests
    assert (sent.method, sent.content, sent.headers["authorization"]) == ("PATCH", b"{}", "Bearer x")
