"""Not asking twice: fresh answers are taken from the cache, stale ones are asked about with their validators."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import httpx

from precall.clock import Clock
from precall.errors import StorageUnavailable
from precall.fetch.errors import HttpStatus
from precall.fetch.manners.bundle import Bundle
from precall.fetch.manners.cache import Cache, Kept, cache_key
from precall.fetch.manners.policies import policy_for
from precall.fetch.page import Page
from precall.fetch.threads import aside

logger = logging.getLogger(__name__)

Ask = Callable[[Mapping[str, str]], Awaitable[Page]]
"""Asks with these headers beside the caller's own."""

MOST_BYTES = 2_000_000
ROBOTS = "/robots.txt"
"""The same for every account, whoever asks for it."""
_PLAIN = frozenset({"accept", "accept-language"})
"""With any other header of the caller's, an answer may be meant for the caller alone."""
_NOT_MODIFIED = 304
_FAREWELL = 2.0
"""Seconds that closing waits for answers that are still being put on the shelf."""


class Shelf:
    """The cache of one research; to be closed. `scope` keeps a replayed web apart; `longest` caps every ttl (s).

    With an `account` its answers lie together; those that are the same for every account lie apart."""

    def __init__(
        self, cache: Cache | None, clock: Clock, scope: str = "", longest: int | None = None, account: str = ""
    ) -> None:
        self._cache = cache
        self._bundle = Bundle(cache, cache_key(scope, "account", account)) if cache and account else None
        self._clock = clock
        self._scope = scope
        self._longest = longest
        self._putting: set[asyncio.Task[None]] = set()

    async def put_away(self) -> None:
        """Wait, shortly, until everything is where the next research looks for it."""
        if self._putting:
            await asyncio.wait(self._putting, timeout=_FAREWELL)
        if self._bundle and self._cache:
            try:
                await self._bundle.store()
            except StorageUnavailable as error:
                self._do_without(error)

    async def page(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        limit: int,
        ask: Ask,
        ttl: int | None = None,
    ) -> Page:
        """The answer to a GET of at most `limit` bytes; `ttl` seconds, else those of the policy, an old one will do."""
        policy = policy_for(url)[1]
        seconds = policy.ttl if ttl is None else ttl
        if not self._cache or not seconds or not {name.lower() for name in headers} <= _PLAIN:
            return await ask({})
        key = cache_key(self._scope, str(url), *(f"{name.lower()}:{headers[name]}" for name in sorted(headers)))
        place = None if policy.common or url.path == ROBOTS else self._bundle
        kept = await self._kept(key, place)
        if kept and len(kept.body) > limit:
            kept = None
        if kept and self._clock() - kept.at < timedelta(seconds=min(seconds, self._longest or seconds)):
            return _page(kept)
        return await self._renewed(key, kept, ask, place)

    async def _renewed(self, key: str, kept: Kept | None, ask: Ask, place: Bundle | None) -> Page:
        try:
            page = await ask(_validators(kept) if kept else {})
        except HttpStatus as error:
            if not kept or error.status != _NOT_MODIFIED:
                raise
            self._put(key, replace(kept, at=self._clock()), place)
            return _page(kept)
        if _worth_keeping(page):
            self._put(key, Kept(page.url, page.headers, page.body, self._clock()), place)
        return page

    async def _kept(self, key: str, place: Bundle | None) -> Kept | None:
        if not self._cache:
            return None
        try:
            return await (place.get(key) if place else aside(self._cache.get, key))
        except StorageUnavailable as error:
            self._do_without(error)
            return None

    def _put(self, key: str, kept: Kept, place: Bundle | None) -> None:
        """Beside the research: nobody waits for it before the end."""
        task = asyncio.create_task(self._stored(key, kept, place))
        self._putting.add(task)
        task.add_done_callback(self._putting.discard)

    async def _stored(self, key: str, kept: Kept, place: Bundle | None) -> None:
        if not self._cache:
            return
        try:
            await (place.put(key, kept) if place else aside(self._cache.put, key, kept))
        except StorageUnavailable as error:
            self._do_without(error)

    def _do_without(self, error: StorageUnavailable) -> None:
        self._cache = None
        logger.warning("this research does without the cache", extra={"error": str(error)})


def _page(kept: Kept) -> Page:
    return Page(kept.url, 200, MappingProxyType(dict(kept.headers)), kept.body)


def _validators(kept: Kept) -> dict[str, str]:
    """RFC 9110, 13.1: the entity tag, and the date where there is none."""
    if "etag" in kept.headers:
        return {"if-none-match": kept.headers["etag"]}
    return {"if-modified-since": kept.headers["last-modified"]} if "last-modified" in kept.headers else {}


def _worth_keeping(page: Page) -> bool:
    """RFC 9111, 3: whole, and nobody says that it must not be kept."""
    forbidden = {part.strip().partition("=")[0] for part in page.headers.get("cache-control", "").lower().split(",")}
    return page.status == 200 and len(page.body) <= MOST_BYTES and not forbidden & {"no-store", "private"}
