"""The figures of call prep: counted a day, added up over days, shared out by rep, source and week. Pure."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import median
from typing import NamedTuple

from precall.model.call import Answered, Call, PrepState

STATES: tuple[PrepState, ...] = ("acknowledged", "briefed", "late", "failed", "missing", "preparing")
NO_SOURCE = "not given"


BOUNDS_MS = (100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 8000, 15000)
"""What answers are sorted by: the first bound that an answer kept; one more place for those that kept none."""


class Group(NamedTuple):
    """Calls that have rep, source, state and outcome in common. Minutes from lead to brief, and from brief to call, are
    of the calls that had a brief; `reasons` count why one was late, failed or missing."""

    rep: str
    source: str
    state: PrepState
    outcome: str | None
    calls: int
    to_brief: Sequence[int] = ()
    to_call: Sequence[int] = ()
    reasons: Mapping[str, int] = {}


class SourceCount(NamedTuple):
    """How one source answered; `within` counts its answers by `BOUNDS_MS`."""

    source: str
    asked: int = 0
    failed: int = 0
    mentions: int = 0
    within: Sequence[int] = (0,) * (len(BOUNDS_MS) + 1)

    def quantile_ms(self, share: float) -> int | None:
        """The bound that this share of the answers kept; None without answers, or when it is beyond every bound."""
        wanted, seen = share * sum(self.within), 0
        for bound, number in zip(BOUNDS_MS, self.within, strict=False):
            seen += number
            if seen and seen >= wanted:
                return bound
        return None


class Tally(NamedTuple):
    """What is counted of one day."""

    groups: Sequence[Group] = ()
    sources: Sequence[SourceCount] = ()


def kept(tally: Tally) -> str:
    """The tally as text, without names: weeks of it are read for one page."""
    return json.dumps(tally, separators=(",", ":"), ensure_ascii=False)


def read(text: str) -> Tally:
    """What `kept` wrote."""
    groups, sources = json.loads(text)
    return Tally([Group(*group) for group in groups], [SourceCount(*source) for source in sources])


@dataclass(frozen=True)
class Share:
    """A part of a whole, with the 95 % interval of Wilson (1927): for few calls it is honestly wide."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Between 0 and 1; None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval's ends; None of nothing."""
        if not self.whole:
            return None
        z, n, p = 1.959964, self.whole, self.part / self.whole
        middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + z * z / n)), min(1.0, (middle + spread) / (1 + z * z / n))


def tally_of(calls: Iterable[Call], now: datetime) -> Tally:
    """The day's calls that have begun by `now`, counted; those ahead are not judged yet, cancelled ones never."""
    over = [call for call in calls if call.call_at <= now and not call.cancelled]
    grouped: dict[tuple[str, str, PrepState, str | None], list[Call]] = defaultdict(list)
    for call in over:
        grouped[(call.rep, call.source or NO_SOURCE, call.state_at(now), call.outcome)].append(call)
    return Tally([_group(key, found) for key, found in grouped.items()], _sources(over))


def _group(key: tuple[str, str, PrepState, str | None], calls: Sequence[Call]) -> Group:
    rep, source, state, outcome = key
    briefed = [call for call in calls if call.brief_at]
    return Group(
        rep=rep,
        source=source,
        state=state,
        outcome=outcome,
        calls=len(calls),
        to_brief=[_minutes(c.acquired_at, c.brief_at) for c in briefed if c.acquired_at],
        to_call=[_minutes(call.brief_at, call.call_at) for call in briefed],
        reasons=Counter(call.reason or "no brief was sent" for call in calls) if state in STATES[2:5] else {},
    )


def _sources(calls: Iterable[Call]) -> list[SourceCount]:
    return _summed(_counted(answer) for call in calls for answer in call.sources)


def _counted(answer: Answered) -> SourceCount:
    failed = answer.state == "failed"
    place = bisect_left(BOUNDS_MS, answer.took_ms)
    within = [int(place == number and not failed) for number in range(len(BOUNDS_MS) + 1)]
    return SourceCount(answer.source, 1, int(failed), answer.mentions, within)


def _summed(counts: Iterable[SourceCount]) -> list[SourceCount]:
    sums: dict[str, SourceCount] = {}
    for one in counts:
        before = sums.get(one.source, SourceCount(one.source))
        sums[one.source] = SourceCount(
            one.source,
            before.asked + one.asked,
            before.failed + one.failed,
            before.mentions + one.mentions,
            [a + b for a, b in zip(before.within, one.within, strict=True)],
        )
    return list(sums.values())


def added(tallies: Iterable[Tally]) -> Tally:
    """Several days as one; groups are put beside each other, sources are summed."""
    known = list(tallies)
    groups = [group for tally in known for group in tally.groups]
    return Tally(groups, _summed(source for tally in known for source in tally.sources))


def prepared(groups: Iterable[Group]) -> Share:
    """The calls that were prepared, of all."""
    known = list(groups)
    return Share(sum(g.calls for g in known if g.state == "acknowledged"), sum(g.calls for g in known))


def by(groups: Iterable[Group], name: Callable[[Group], str]) -> dict[str, list[Group]]:
    """The groups by what `name` says of them, in the order of the names."""
    found: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        found[name(group)].append(group)
    return dict(sorted(found.items()))


def states(groups: Iterable[Group]) -> dict[PrepState, int]:
    """How many calls are in each state."""
    counted = Counter[PrepState]()
    for group in groups:
        counted[group.state] += group.calls
    return {state: counted[state] for state in STATES}


def reasons(groups: Iterable[Group]) -> list[tuple[PrepState, str, int]]:
    """Why calls were late, failed or missing: state, reason, how many, the most frequent first."""
    counted = Counter[tuple[PrepState, str]]()
    for group in groups:
        for reason, number in group.reasons.items():
            counted[(group.state, reason)] += number
    return [(state, reason, number) for (state, reason), number in counted.most_common()]


def middle(minutes: Iterable[int]) -> float | None:
    """The median; None of nothing."""
    known = list(minutes)
    return median(known) if known else None


GOOD = frozenset({"reached", "meeting_set", "won"})
"""Outcomes of a call that count as a success: somebody was spoken to, or more."""


def successes(groups: Iterable[Group]) -> dict[bool, Share]:
    """The calls with a known outcome that succeeded, prepared (True) and not: no proof of a cause."""
    told = [group for group in groups if group.outcome]
    return {
        was: Share(
            sum(g.calls for g in told if (g.state == "acknowledged") is was and g.outcome in GOOD),
            sum(g.calls for g in told if (g.state == "acknowledged") is was),
        )
        for was in (True, False)
    }


def week_of(day: date) -> date:
    """The Monday of a day's week (ISO 8601)."""
    return day - timedelta(days=day.weekday())


def _minutes(since: datetime | None, until: datetime | None) -> int:
    return max(0, int((until - since).total_seconds() // 60)) if since and until else 0
