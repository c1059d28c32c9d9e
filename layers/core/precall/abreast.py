"""Requests to AWS that need not wait for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AT_ONCE = 10
"""As many connections as botocore keeps open."""


def abreast(call: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """`call` on each of `things`, ten at a time, the first while later things are still made; what they gave, in the
    order of the things. When all have ended, the first error is raised, if there was one."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = [pool.submit(call, thing) for thing in things]
    return [future.result() for future in done]
