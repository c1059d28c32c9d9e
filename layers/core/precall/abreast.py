"""Requests to AWS that need not wait for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 10
"""As many connections as botocore keeps open."""


def abreast(call: Callable[[T], object], things: Iterable[T]) -> None:
    """`call` on each of `things`, ten at a time. When all have ended, the first error is raised, if there was one."""
    several = list(things)
    if len(several) < 2:
        for only in several:
            call(only)
        return
    with ThreadPoolExecutor(min(AT_ONCE, len(several))) as pool:
        done = [pool.submit(call, thing) for thing in several]
    for future in done:
        future.result()
