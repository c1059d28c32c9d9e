"""Taking turns: before a request its bucket is asked, after it the bucket is told how it went."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from precall.clock import Clock
from precall.fetch.errors import FetchFailed, HttpStatus, NotNow, Walled
from precall.fetch.manners.ledger import Ledger, Refused, Why
from precall.fetch.manners.policies import Policy, policy_for
from precall.fetch.manners.rate import UNHURRIED
from precall.fetch.manners.wishes import LONGEST
from precall.fetch.threads import aside

Sleep = Callable[[float], Awaitable[None]]

DOWN_AT = 3
"""Failures in a row, after which a bucket is left alone. An answer that never came counts for as many."""
SHORTEST_REST, LONGEST_REST = 60.0, 1800.0
"""Seconds; a rest is doubled by each further failure."""
SILENCE = 2.0
"""Seconds after which a request that is given up has been one without an answer."""
_FAREWELL = 1.0
"""Seconds that closing waits for what is still being told."""
_BUSY = 429
_BLOCKED = 403


class Turns:
    """The turns of one research; to be closed. `unhurried` lifts the rates (not the rest) for a replayed web."""

    def __init__(self, ledger: Ledger, clock: Clock, *, unhurried: bool = False, sleep: Sleep = asyncio.sleep) -> None:
        self._ledger = ledger
        self._clock = clock
        self._unhurried = unhurried
        self._sleep = sleep
        self._lanes: dict[str, asyncio.Semaphore] = {}
        self._telling: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Wait, shortly, until everything is told."""
        if self._telling:
            await asyncio.wait(self._telling, timeout=_FAREWELL)

    @asynccontextmanager
    async def turn(self, url: httpx.URL) -> AsyncIterator[None]:
        """A turn at the bucket of `url`; NotNow when there is none soon. How the block ends is how the request went."""
        bucket, policy = policy_for(url)
        async with self._lanes.setdefault(bucket, asyncio.Semaphore(policy.concurrency)):
            doubtful = await self._take(bucket, policy)
            began = time.monotonic()
            try:
                yield
            except HttpStatus as error:
                await self._answered(bucket, policy, error, doubtful)
                raise
            except Walled:
                if not policy.pages:
                    await self._failed(bucket)
                raise
            except (FetchFailed, httpx.HTTPError):
                await self._failed(bucket)
                raise
            except (asyncio.CancelledError, TimeoutError):
                if time.monotonic() - began >= SILENCE:
                    self._tell(self._failed(bucket, DOWN_AT))
                raise
            if doubtful:
                await aside(self._ledger.recovered, bucket)

    async def rest(self, url: httpx.URL, seconds: float) -> None:
        """The bucket of `url` wishes not to be asked for `seconds`."""
        await self._rest(policy_for(url)[0], seconds, Why.WISH)

    async def _take(self, bucket: str, policy: Policy) -> bool:
        rate = UNHURRIED if self._unhurried else policy.rate
        now = _milliseconds(self._clock())
        given = await aside(self._ledger.take, bucket, rate, now, round(policy.patience * 1000))
        if isinstance(given, Refused):
            raise NotNow(_reason(given, now), datetime.fromtimestamp(given.until / 1000, UTC))
        if given.wait:
            await self._sleep(given.wait / 1000)
        return given.doubtful

    async def _answered(self, bucket: str, policy: Policy, error: HttpStatus, doubtful: bool) -> None:
        """A status of 4xx or 5xx: a wish, a failure, or just the answer to this one question."""
        if error.retry_after and (error.status in (_BUSY, _BLOCKED) or error.status >= 500):
            await self._rest(bucket, error.retry_after, Why.WISH)
        elif error.status == _BUSY:
            await self._failed(bucket, DOWN_AT)
        elif error.status >= 500 or (error.status == _BLOCKED and not policy.pages):
            await self._failed(bucket)
        elif doubtful:
            await aside(self._ledger.recovered, bucket)

    async def _failed(self, bucket: str, weight: int = 1) -> None:
        failures = await aside(self._ledger.failed, bucket, weight)
        if failures >= DOWN_AT:
            doublings = min((failures - DOWN_AT) // weight, 10)
            await self._rest(bucket, min(SHORTEST_REST * 2**doublings, LONGEST_REST), Why.DOWN)

    async def _rest(self, bucket: str, seconds: float, why: Why) -> None:
        until = _milliseconds(self._clock()) + round(min(seconds, LONGEST) * 1000)
        await aside(self._ledger.rest, bucket, until, why)

    def _tell(self, telling: Awaitable[None]) -> None:
        """Beside a request that was given up: who gave it up does not wait for this."""
        task = asyncio.ensure_future(telling)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _reason(refused: Refused, now: int) -> str:
    until = datetime.fromtimestamp(refused.until / 1000, UTC)
    when = f"{until:%H:%M:%S} UTC" if refused.until - now < 43_200_000 else f"{until:%d %b, %H:%M} UTC"
    said = {
        Why.RATE: "was asked too often",
        Why.WISH: "asked us to wait",
        Why.DOWN: "did not answer lately and is left alone",
    }
    return f"{said[refused.why]}: next try at {when}"
