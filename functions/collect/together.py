"""Several requests at once, their answers in the order in which they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


async def as_they_come(work: Iterable[Coroutine[Any, Any, T]]) -> AsyncGenerator[T]:
    """The results of `work`, all begun at once; the first error ends it. What still runs at the end is cancelled."""
    tasks = [asyncio.ensure_future(part) for part in work]
    try:
        for finished in asyncio.as_completed(tasks):
            yield await finished
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
