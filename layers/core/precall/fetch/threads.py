"""Blocking work beside the event loop, in a thread that nobody has to wait for once its answer is not wanted."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from threading import Thread
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


async def aside(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """`work(*args, **kwargs)`, run in a daemon thread.

    When the caller is cancelled, the thread runs on but holds up neither the loop nor the end of the process; the
    default executor (`asyncio.to_thread`) is joined by both.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[R] = loop.create_future()

    def settle(result: R | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = _outcome(work, *args, **kwargs)
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, daemon=True, name=getattr(work, "__name__", "aside")).start()
    return await future


def _outcome(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> tuple[R | None, BaseException | None]:
    try:
        return work(*args, **kwargs), None
    except StopIteration as error:  # a future cannot carry it
        return None, RuntimeError(f"StopIteration: {error}")
    except BaseException as error:  # handed to whoever waits
        return None, error
