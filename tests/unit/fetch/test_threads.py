"""Work beside the loop never holds up the loop."""

from __future__ import annotations

import asyncio
import time
from threading import Event

import pytest

from precall.fetch.threads import aside


async def test_results_and_errors_come_back() -> None:
    assert await aside(pow, 2, 5) == 32
    with pytest.raises(ZeroDivisionError):
        await aside(lambda: 1 / 0)


def test_abandoned_work_does_not_delay_the_end() -> None:
    release = Event()

    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await aside(release.wait, 30)

    started = time.monotonic()
    asyncio.run(main())
    release.set()
    assert time.monotonic() - started < 5
