"""The Robots Exclusion Protocol (RFC 9309): what a site does not want robots to read is not read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from protego import Protego

from precall.fetch.errors import AddressRefused, FetchTimedOut, HttpStatus, RobotsRefused, TooLarge
from precall.fetch.manners.policies import policy_for
from precall.fetch.threads import aside

AGENT = "Precall"
"""The product token by which a robots.txt may address us."""
MOST_BYTES = 512_000
"""RFC 9309, 2.5, wants at least 500 KiB to be read."""
DEADLINE = 6.0
"""Seconds for a robots.txt; a site that does not give it will hardly give its pages."""

Read = Callable[[httpx.URL], Awaitable[bytes]]
"""The body of a robots.txt, empty where there is none; raises FetchError."""


class Robots:
    """The rules of the sites of one research; to be closed."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._rules: dict[httpx.URL, asyncio.Task[Protego]] = {}

    async def close(self) -> None:
        """Give up what is still being read."""
        for task in self._rules.values():
            task.cancel()
        await asyncio.gather(*self._rules.values(), return_exceptions=True)

    async def check(self, url: httpx.URL) -> None:
        """RobotsRefused for a page that its site keeps from robots; other FetchErrors when the site does not answer."""
        if not policy_for(url)[1].pages or url.path == "/robots.txt":
            return
        rules = await self._of(url.copy_with(raw_path=b"/robots.txt"))
        if not await aside(rules.can_fetch, str(url), AGENT):
            raise RobotsRefused("does not want robots to read it (robots.txt)")

    async def _of(self, url: httpx.URL) -> Protego:
        """Once for each site: who asks meanwhile waits for the same answer."""
        if url not in self._rules:
            self._rules[url] = asyncio.create_task(self._parsed(url))
        return await asyncio.shield(self._rules[url])

    async def _parsed(self, url: httpx.URL) -> Protego:
        try:
            async with asyncio.timeout(DEADLINE):
                body = await self._read(url)
        except HttpStatus as error:  # RFC 9309, 2.3.1.4
            raise RobotsRefused(f"cannot say what robots may read (HTTP status {error.status})") from error
        except (AddressRefused, TooLarge):
            body = b""
        except TimeoutError:
            raise FetchTimedOut(f"gave no robots.txt within {DEADLINE:g} s") from None
        return await aside(Protego.parse, body.decode("utf-8", "replace"))
