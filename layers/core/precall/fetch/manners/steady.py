"""A ledger that never stands in the way of a brief: where the shared one fails, this process keeps its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from precall.errors import StorageUnavailable
from precall.fetch.manners.ledger import Granted, Ledger, MemoryLedger, Refused, Why
from precall.fetch.manners.rate import Rate

T = TypeVar("T")
logger = logging.getLogger(__name__)

ALONE = 30.0
"""Seconds for which a shared ledger that failed is not asked again."""


class SteadyLedger:
    """`Ledger` over a shared one, with one in memory to fall back to."""

    def __init__(self, shared: Ledger, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._shared = shared
        self._own = MemoryLedger()
        self._monotonic = monotonic
        self._alone_until = float("-inf")

    def take(self, bucket: str, rate: Rate, now: int, patience: int) -> Granted | Refused:
        """See `Ledger.take`."""
        return self._with(lambda ledger: ledger.take(bucket, rate, now, patience))

    def rest(self, bucket: str, until: int, why: Why) -> None:
        """See `Ledger.rest`."""
        self._with(lambda ledger: ledger.rest(bucket, until, why))

    def failed(self, bucket: str, weight: int) -> int:
        """See `Ledger.failed`."""
        return self._with(lambda ledger: ledger.failed(bucket, weight))

    def recovered(self, bucket: str) -> None:
        """See `Ledger.recovered`."""
        self._with(lambda ledger: ledger.recovered(bucket))

    def _with(self, use: Callable[[Ledger], T]) -> T:
        if self._monotonic() < self._alone_until:
            return use(self._own)
        try:
            return use(self._shared)
        except StorageUnavailable as error:
            self._alone_until = self._monotonic() + ALONE
            logger.warning("rates are kept by this process alone for a while", extra={"error": str(error)})
            return use(self._own)
