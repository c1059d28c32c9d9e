"""The door: requests with checked addresses, good manners, a total deadline and a bounded body."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from precall.clock import Clock, utc_now
from precall.errors import InvalidConfiguration
from precall.fetch.body import read_body
from precall.fetch.errors import AddressRefused, FetchFailed, FetchTimedOut, HttpStatus
from precall.fetch.manners import Manners, Visit
from precall.fetch.manners.wishes import wished
from precall.fetch.page import Page
from precall.fetch.redirects import REDIRECTS, headers_for, is_challenge, redirected
from precall.fetch.resolver import Resolve, system_resolve
from precall.fetch.urls import checked_url
from precall.fetch.wire import SILENCE, Method, Wire

MOST_REDIRECTS = 5


class Door:
    """All requests to the outside; an async context manager that keeps connections while it is open.

    Each URL, redirects included, is checked, its host looked up once, and the connection made to the very address
    that was checked, with the host's name in Host and SNI. With `replay_origin` (development only, hence
    `allow_replay`) `https://host/path` is asked at `replay_origin/host/path`, after the same checks less the lookup.
    `manners` decide whether and when a host is asked at all. `transport` and `resolve` are for tests.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        resolve: Resolve = system_resolve,
        transport: httpx.AsyncBaseTransport | None = None,
        replay_origin: str | None = None,
        allow_replay: bool = False,
        manners: Manners | None = None,
        clock: Clock = utc_now,
    ) -> None:
        if replay_origin and not allow_replay:
            raise InvalidConfiguration("REPLAY_ORIGIN is for development only; remove it from the environment")
        self._wire = Wire(user_agent, resolve, transport, replay_origin)
        self._clock = clock
        self._visit = Visit(manners or Manners(), clock, replay_origin, self._follow)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._visit.close()
        await self._wire.close()

    async def put_away(self) -> None:
        """What was told so far is in the cache afterwards, for others who ask."""
        await self._visit.put_away()

    async def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        limit: int = 2_000_000,
        deadline: float = 10.0,
    ) -> Page:
        """The page at `url` (with `params` added to its query), at most `limit` bytes, within `deadline` seconds.

        It may come out of the cache. Raises AddressRefused, FetchTimedOut, FetchFailed, TooLarge, NotNow,
        RobotsRefused, Walled, or HttpStatus for anything but 2xx.
        """
        async with _within(deadline):
            return await self._visit.page(_merged(url, params), headers or {}, limit)

    async def post(
        self,
        url: str,
        content: bytes,
        *,
        method: Method = "POST",
        headers: Mapping[str, str] | None = None,
        limit: int = 1_000_000,
        deadline: float = 10.0,
    ) -> Page:
        """The answer to `content`, sent once: never repeated, cached, or sent on by a redirect. Errors as in `get`."""
        target = checked_url(url)
        async with _within(deadline), self._visit.turn(target):
            response = await self._wire.send(target, headers or {}, content, method)
            try:
                return await self._page(target, response, limit)
            finally:
                await response.aclose()

    async def _follow(self, target: httpx.URL, headers: Mapping[str, str], limit: int) -> Page:
        for _ in range(MOST_REDIRECTS + 1):
            await self._visit.may_read(target)
            async with self._visit.turn(target):
                answer = await self._ask(target, headers, limit)
            if isinstance(answer, Page):
                await self._visit.heard(target, answer)
                return answer
            headers = headers_for(answer, target, headers)
            target = answer
        raise FetchFailed(f"redirects more than {MOST_REDIRECTS} times")

    async def _ask(self, target: httpx.URL, headers: Mapping[str, str], limit: int) -> Page | httpx.URL:
        response = await self._wire.send(target, headers)
        try:
            if response.status_code in REDIRECTS:
                return redirected(target, response)
            return await self._page(target, response, limit)
        finally:
            await response.aclose()

    async def _page(self, target: httpx.URL, response: httpx.Response, limit: int) -> Page:
        if not response.is_success:
            wish = wished(response.headers, self._clock())
            raise HttpStatus(response.status_code, wish, challenged=is_challenge(response))
        body = await read_body(response, limit)
        return Page(str(target), response.status_code, MappingProxyType(dict(response.headers)), body)


@asynccontextmanager
async def _within(deadline: float) -> AsyncIterator[None]:
    """The block in at most `deadline` seconds; what httpx and time raise becomes a FetchError."""
    try:
        async with asyncio.timeout(deadline):
            yield
    except httpx.TimeoutException:
        raise FetchTimedOut(f"sent nothing for {SILENCE:g} s") from None
    except TimeoutError:
        raise FetchTimedOut(f"gave no complete answer within {deadline:g} s") from None
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise FetchFailed(f"broke the connection ({type(error).__name__})") from error


def _merged(url: str, params: Mapping[str, str] | None) -> httpx.URL:
    target = checked_url(url)
    try:
        return target.copy_merge_params(dict(params)) if params else target
    except httpx.InvalidURL:
        raise AddressRefused("the address with its query is not a URL") from None


def open_door(stage: str, replay_origin: str | None, contact: str, manners: Manners | None = None) -> Door:
    """The door of a function or of the command line.

    `contact` is the e-mail address under which a site's owner reaches us; `manners` are shared by all who use them,
    without any this door keeps its own. InvalidConfiguration when `replay_origin` is set and `stage` is not
    "development".
    """
    return Door(
        user_agent=f"Precall/0.1 (research before sales calls; contact: {contact})",
        replay_origin=replay_origin,
        allow_replay=stage == "development",
        manners=manners,
    )
