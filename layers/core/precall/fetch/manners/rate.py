"""How often: a token bucket with one number of state."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Self


@dataclass(frozen=True)
class Rate:
    """A bucket of `burst` tokens that refills by one every `interval` milliseconds.

    It is kept as a single number, the moment from which the bucket is full again (`full_at`): the generic cell rate
    algorithm (ITU-T I.371, annex A), which is the token bucket counted backwards. A request at `now` makes it
    `max(full_at, now) + interval`; it is in time as soon as `full_at <= now + (burst - 1) * interval`.
    """

    interval: int
    burst: int = 1

    @classmethod
    def at_most(cls, requests: int, seconds: float, burst: int = 1) -> Self:
        """Never more than `requests` in any `seconds`, whenever they begin, of which `burst` may come at once.

        A half-open span of length P sees at most `burst - 1 + ceil(P / interval)` requests.
        """
        return cls(ceil(seconds * 1000 / (requests - burst + 1)), burst)

    @property
    def slack(self) -> int:
        """Milliseconds that `full_at` may lie ahead of a request that need not wait."""
        return (self.burst - 1) * self.interval

    def wait(self, full_at: int, now: int) -> int:
        """Milliseconds from `now` until a request is in time."""
        return max(0, full_at - self.slack - now)


UNHURRIED = Rate(0)
"""No limit at all."""
