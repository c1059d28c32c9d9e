"""The manners of one research, together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial

import httpx

from precall.clock import Clock
from precall.fetch.errors import HttpStatus
from precall.fetch.manners.cache import Cache
from precall.fetch.manners.ledger import Ledger, MemoryLedger
from precall.fetch.manners.policies import DAY, policy_for
from precall.fetch.manners.robots import MOST_BYTES, Robots
from precall.fetch.manners.shelf import Shelf
from precall.fetch.manners.turns import Turns
from precall.fetch.manners.wishes import backoff
from precall.fetch.page import Page

_REPLAYED_TTL = 60
"""Seconds: a replay web may be started again with another world."""

Follow = Callable[[httpx.URL, Mapping[str, str], int], Awaitable[Page]]
"""Asks at a URL with headers for at most so many bytes, redirects followed."""


@dataclass(frozen=True)
class Manners:
    """What outlives a research: the ledger of turns, and the cache, where there is one. `robots` False is for tests of
    something else. `account`: whose answers are kept together; "" keeps each for itself."""

    ledger: Ledger = field(default_factory=MemoryLedger)
    cache: Cache | None = None
    robots: bool = True
    account: str = ""


class Visit:
    """Turns, robots.txt and cache for the requests of one research; to be closed."""

    def __init__(self, manners: Manners, clock: Clock, replayed: str | None, follow: Follow) -> None:
        self._turns = Turns(manners.ledger, clock, unhurried=bool(replayed))
        longest = _REPLAYED_TTL if replayed else None
        self._shelf = Shelf(manners.cache, clock, replayed or "", longest, manners.account)
        self._robots = Robots(self._rules) if manners.robots else None
        self._follow = follow

    async def close(self) -> None:
        """Wait, shortly, for what is still being told or kept."""
        if self._robots:
            await self._robots.close()
        await self._turns.close()
        await self._shelf.put_away()

    async def put_away(self) -> None:
        """See `Shelf.put_away`."""
        await self._shelf.put_away()

    async def page(self, url: httpx.URL, headers: Mapping[str, str], limit: int) -> Page:
        """The answer to a GET: from the cache, or asked for."""
        return await self._shelf.page(url, headers, limit, lambda more: self._follow(url, {**headers, **more}, limit))

    async def may_read(self, url: httpx.URL) -> None:
        """RobotsRefused where robots.txt says so."""
        if self._robots:
            await self._robots.check(url)

    def turn(self, url: httpx.URL) -> AbstractAsyncContextManager[None]:
        """See `Turns.turn`."""
        return self._turns.turn(url)

    async def heard(self, url: httpx.URL, page: Page) -> None:
        """Obey what an answer asks for."""
        seconds = backoff(page.body) if policy_for(url)[1].backoff else None
        if seconds:
            await self._turns.rest(url, seconds)

    async def _rules(self, url: httpx.URL) -> bytes:
        return (await self._shelf.page(url, {}, MOST_BYTES, partial(self._robots_txt, url), ttl=DAY)).body

    async def _robots_txt(self, url: httpx.URL, headers: Mapping[str, str]) -> Page:
        """That there is none (RFC 9309, 2.3.1.3) is an answer like any other, and as good to keep."""
        try:
            return await self._follow(url, headers, MOST_BYTES)
        except HttpStatus as error:
            if 400 <= error.status < 500:
                return Page(str(url), 200, {}, b"")
            raise
