"""How engaged accounts are: the touches of a day's or a week's calls, counted by account and rep. Pure.

No name is in it, of a company or a person: an account is its key (`precall.ids.account_key`).
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from precall.counting import Sort
from precall.model.call import Call
from precall.tally import GOOD


class Engaged(NamedTuple):
    """An account's touches that belong to one rep's calls: what its people did (`activities`), the leads that came of
    it; briefs that were sent, those that were read before the call, calls with a known outcome, those in which somebody
    was reached, or more."""

    account: str
    rep: str = ""
    activities: int = 0
    leads: int = 0
    briefs: int = 0
    read: int = 0
    calls: int = 0
    reached: int = 0

    @property
    def touches(self) -> int:
        """All of them, in both directions; that somebody was reached is told of a call, and is no touch of its own."""
        return self.activities + self.leads + self.briefs + self.read + self.calls


def summed(account: str, rows: Iterable[Engaged], rep: str = "") -> Engaged:
    """Rows as one."""
    return Engaged._make([account, rep, *map(sum, list(zip(*rows, strict=True))[2:])])


def by_account(rows: Iterable[Engaged]) -> dict[str, list[Engaged]]:
    """The rows of each account."""
    found: dict[str, list[Engaged]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row)
    return found


def _of(calls: Iterable[Call], now: datetime) -> list[Engaged]:
    """Of the calls that have begun by `now` and were not cancelled."""
    return _added([[_row(call) for call in calls if call.call_at <= now and not call.cancelled]])


def _row(call: Call) -> Engaged:
    told = bool(call.outcome)
    counts = (call.touches, 1, call.brief_at is not None, call.prepared, told, call.outcome in GOOD)
    return Engaged._make([call.account, call.rep, *map(int, counts)])


def _added(several: Iterable[list[Engaged]]) -> list[Engaged]:
    found: dict[tuple[str, str], list[Engaged]] = defaultdict(list)
    for rows in several:
        for row in rows:
            found[row.account, row.rep].append(row)
    return [summed(account, some, rep) if len(some) > 1 else some[0] for (account, rep), some in found.items()]


def _kept(rows: list[Engaged]) -> bytes:
    return zlib.compress(json.dumps(list(zip(*rows, strict=True)), separators=(",", ":")).encode(), 6)


def _read(packed: bytes) -> list[Engaged]:
    return list(map(Engaged._make, zip(*json.loads(zlib.decompress(packed)), strict=True)))


ENGAGED = Sort[list[Engaged]]("engaged-day", {"engaged-week": lambda whole: whole}, _of, _added, _kept, _read)
