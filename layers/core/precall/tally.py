"""What is counted of a day's or a week's calls: by rep and what brought the lead. Pure.

Tallies add up: what is counted of a week is what was counted of its days, so that nothing is counted twice. Half a year
of them is read for one page: rows are flat, kept by column, and added column by column.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from precall.model.call import Call, PrepState
from precall.source_tally import SourceCount, added_sources, counted

JUDGED: tuple[PrepState, ...] = ("acknowledged", "briefed", "late", "failed", "missing")
"""The states of calls that are over."""
UNEASY = JUDGED[2:]
"""States that have a reason."""
NO_SOURCE, NO_REASON = "not given", "no brief was sent"
GOOD = frozenset({"reached", "meeting_set", "won"})
"""Outcomes of a call that count as a success: somebody was spoken to, or more."""
_SEP, _TIMES = ";", "*"


class Group(NamedTuple):
    """The calls of a rep whose leads came from one source: how many are in each state; of those with a known outcome,
    how many there are and how many went well, prepared and not. `to_brief`, `to_call` and `reasons` have an entry for
    each call that had a brief, or had none: minutes from lead to brief, from brief to call (as exact as they are told),
    `state:why`. Without a rep, or without a source, it is of all of them (`margins`)."""

    rep: str = ""
    source: str = ""
    acknowledged: int = 0
    briefed: int = 0
    late: int = 0
    failed: int = 0
    missing: int = 0
    prepared_told: int = 0
    prepared_good: int = 0
    others_told: int = 0
    others_good: int = 0
    to_brief: str = ""
    to_call: str = ""
    reasons: str = ""

    @property
    def states(self) -> tuple[int, ...]:
        """How many calls are in each of `JUDGED`."""
        return self[2:7]


class Tally(NamedTuple):
    """What is counted of some days."""

    groups: Sequence[Group] = ()
    sources: Sequence[SourceCount] = ()


def entries(text: str) -> dict[str, int]:
    """How often each entry is in one of a group's lists, where "60*3" stands for three of 60."""
    found: Counter[str] = Counter()
    for said, number in Counter(text.split(_SEP) if text else ()).items():
        entry, times, often = said.rpartition(_TIMES)
        found[entry if times else said] += number * (int(often) if times else 1)
    return found


def kept(tally: Tally) -> bytes:
    """The tally as it is stored: without names, by column, packed."""
    shorter = [Group._make([*group[:-3], *map(_short, group[-3:])]) for group in tally.groups]
    by_column = [list(zip(*rows, strict=True)) for rows in (shorter, tally.sources)]
    return zlib.compress(json.dumps(by_column, separators=(",", ":"), ensure_ascii=False).encode(), 6)


def read(packed: bytes) -> Tally:
    """What `kept` wrote."""
    groups, sources = json.loads(zlib.decompress(packed))
    return Tally(
        list(map(Group._make, zip(*groups, strict=True))), list(map(SourceCount._make, zip(*sources, strict=True)))
    )


def _short(text: str) -> str:
    return _SEP.join(f"{entry}{_TIMES}{number}" if number > 1 else entry for entry, number in entries(text).items())


def tally_of(calls: Iterable[Call], now: datetime) -> Tally:
    """The calls that have begun by `now`, counted; those ahead are not judged yet, cancelled ones never."""
    over = [call for call in calls if call.call_at <= now and not call.cancelled]
    answers = (counted(answer) for call in over for answer in call.sources)
    return Tally(_added(_group(call, now) for call in over), added_sources(answers))


def added(tallies: Iterable[Tally]) -> Tally:
    """Several days as one."""
    known = list(tallies)
    return Tally(
        _added(group for tally in known for group in tally.groups),
        added_sources(source for tally in known for source in tally.sources),
    )


def summed(groups: Iterable[Group], rep: str = "", source: str = "") -> Group:
    """Groups as one."""
    columns = list(zip(*groups, strict=True))[2:]
    numbers, texts = columns[:-3], columns[-3:]
    sums = [*map(sum, numbers), *(_SEP.join(filter(None, each)) for each in texts)]
    return Group._make([rep, source, *sums]) if sums else Group(rep, source)


def margins(tally: Tally) -> Tally:
    """The same with a group for each rep, and one for each source: what a page shows that asks for no part of it."""
    reps, sources = by_rep(tally.groups), by_source(tally.groups)
    of_reps = [summed(some, rep=rep)._replace(reasons="") for rep, some in reps.items()]
    return Tally([*of_reps, *(summed(some, source=source) for source, some in sources.items())], tally.sources)


def by_rep(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """The groups of each rep, in the order of their addresses."""
    return _by(groups, itemgetter(0))


def by_source(groups: Iterable[Group]) -> dict[str, list[Group]]:
    """The groups of each source, in the order of their names."""
    return _by(groups, itemgetter(1))


def _by(groups: Iterable[Group], name: Callable[[Group], str]) -> dict[str, list[Group]]:
    found: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        found[name(group)].append(group)
    found.pop("", None)
    return dict(sorted(found.items()))


def _added(groups: Iterable[Group]) -> list[Group]:
    found: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        found[group.rep, group.source].append(group)
    return [summed(some, *key) for key, some in found.items()]


def _group(call: Call, now: datetime) -> Group:
    state, told, good = call.state_at(now), int(bool(call.outcome)), int(call.outcome in GOOD)
    why = (call.reason or NO_REASON).replace(_SEP, ",").replace(_TIMES, "×")
    return Group._make(
        [
            call.rep,
            call.source or NO_SOURCE,
            *(int(state == judged) for judged in JUDGED),
            *((told, good, 0, 0) if call.prepared else (0, 0, told, good)),
            _minutes(call.acquired_at, call.brief_at),
            _minutes(call.brief_at, call.call_at),
            f"{state}:{why}" if state in UNEASY else "",
        ]
    )


def _minutes(since: datetime | None, until: datetime | None) -> str:
    """As exact as people say them (`precall.figures.span`): there are few values then."""
    if not (since and until):
        return ""
    minutes = max(0, int((until - since).total_seconds() // 60))
    unit = 1 if minutes < 120 else 60 if minutes < 2880 else 1440
    return str(round(minutes / unit) * unit)
