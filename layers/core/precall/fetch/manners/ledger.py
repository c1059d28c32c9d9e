"""What is known of a bucket (a source or a host), shared by all who ask there: its rate, its health, its wishes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Protocol

from precall.fetch.manners.rate import Rate

PROBE = 10_000
"""Milliseconds for which one request tries whether a rested bucket answers again, while the others stay away."""


class Why(StrEnum):
    """Why a bucket may not be asked now."""

    RATE = "rate"
    WISH = "wish"
    DOWN = "down"


@dataclass(frozen=True)
class Granted:
    """A turn, to be taken after `wait` milliseconds. `doubtful`: the bucket failed lately; tell how it went."""

    wait: int = 0
    doubtful: bool = False


@dataclass(frozen=True)
class Refused:
    """No turn now; the next one may come at `until` (milliseconds since the epoch)."""

    until: int
    why: Why


class Ledger(Protocol):
    """The port. Moments are milliseconds since the epoch. Raises StorageUnavailable."""

    def take(self, bucket: str, rate: Rate, now: int, patience: int) -> Granted | Refused:
        """A turn within `patience` milliseconds, which is then used up; each turn is given once, whoever asks."""

    def rest(self, bucket: str, until: int, why: Why) -> None:
        """Nobody gets a turn before `until`; then one, to try; the others when that one has `recovered`."""

    def failed(self, bucket: str, weight: int) -> int:
        """Count a failure; the sum of all since the last recovery."""

    def recovered(self, bucket: str) -> None:
        """It answers: failures and rest are forgotten."""


@dataclass
class _Row:
    full_at: int = 0
    rests_until: int = 0
    why: Why = Why.DOWN
    failures: int = 0


class MemoryLedger:
    """`Ledger` in one process."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = defaultdict(_Row)
        self._lock = Lock()

    def take(self, bucket: str, rate: Rate, now: int, patience: int) -> Granted | Refused:
        """See `Ledger.take`."""
        with self._lock:
            row = self._rows[bucket]
            if row.rests_until > now:
                return Refused(row.rests_until, row.why)
            if row.rests_until:
                row.rests_until, row.full_at = now + PROBE, now + rate.interval
                return Granted(doubtful=True)
            wait = rate.wait(row.full_at, now)
            if wait > patience:
                return Refused(now + wait, Why.RATE)
            row.full_at = max(row.full_at, now) + rate.interval
            return Granted(wait, doubtful=row.failures > 0)

    def rest(self, bucket: str, until: int, why: Why) -> None:
        """See `Ledger.rest`."""
        with self._lock:
            row = self._rows[bucket]
            if until > row.rests_until:
                row.rests_until, row.why = until, why

    def failed(self, bucket: str, weight: int) -> int:
        """See `Ledger.failed`."""
        with self._lock:
            row = self._rows[bucket]
            row.failures += weight
            return row.failures

    def recovered(self, bucket: str) -> None:
        """See `Ledger.recovered`."""
        with self._lock:
            row = self._rows[bucket]
            row.failures = row.rests_until = 0
