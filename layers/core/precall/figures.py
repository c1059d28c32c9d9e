"""The figures of call prep: counted a day, added up over days, shared out by rep, source and week. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import median

from pydantic import Field

from precall.model._base import Model
from precall.model.call import Call, PrepState

STATES: tuple[PrepState, ...] = ("acknowledged", "briefed", "late", "failed", "missing", "preparing")
NO_SOURCE = "not given"


class Group(Model):
    """Calls that have rep, source, state and outcome in common. Minutes from lead to brief, and from brief to call, are
    of the calls that had a brief; `reasons` count why one was late, failed or missing."""

    rep: str
    source: str
    state: PrepState
    outcome: str | None = None
    calls: int
    to_brief: tuple[int, ...] = ()
    to_call: tuple[int, ...] = ()
    reasons: Mapping[str, int] = Field(default_factory=dict)


class SourceCount(Model):
    """How one source answered; `took_ms` of its answers, each."""

    source: str
    asked: int = 0
    failed: int = 0
    mentions: int = 0
    took_ms: tuple[int, ...] = ()


class Tally(Model):
    """What is counted of one day."""

    groups: tuple[Group, ...] = ()
    sources: tuple[SourceCount, ...] = ()


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
    return Tally(groups=tuple(_group(key, found) for key, found in grouped.items()), sources=_sources(over))


def _group(key: tuple[str, str, PrepState, str | None], calls: Sequence[Call]) -> Group:
    rep, source, state, outcome = key
    briefed = [call for call in calls if call.brief_at]
    return Group(
        rep=rep,
        source=source,
        state=state,
        outcome=outcome,
        calls=len(calls),
        to_brief=tuple(_minutes(c.acquired_at, c.brief_at) for c in briefed if c.acquired_at),
        to_call=tuple(_minutes(call.brief_at, call.call_at) for call in briefed),
        reasons=Counter(call.reason or "no brief was sent" for call in calls) if state in STATES[2:5] else {},
    )


def _sources(calls: Iterable[Call]) -> tuple[SourceCount, ...]:
    told: dict[str, SourceCount] = {}
    for answer in (answer for call in calls for answer in call.sources):
        before = told.get(answer.source, SourceCount(source=answer.source))
        failed = answer.state == "failed"
        told[answer.source] = SourceCount(
            source=answer.source,
            asked=before.asked + 1,
            failed=before.failed + failed,
            mentions=before.mentions + answer.mentions,
            took_ms=before.took_ms if failed else (*before.took_ms, answer.took_ms),
        )
    return tuple(told.values())


def added(tallies: Iterable[Tally]) -> Tally:
    """Several days as one; groups are put beside each other, sources are summed."""
    known = list(tallies)
    sums: dict[str, SourceCount] = {}
    for one in (source for tally in known for source in tally.sources):
        before = sums.get(one.source, SourceCount(source=one.source))
        sums[one.source] = SourceCount(
            source=one.source,
            asked=before.asked + one.asked,
            failed=before.failed + one.failed,
            mentions=before.mentions + one.mentions,
            took_ms=before.took_ms + one.took_ms,
        )
    return Tally(groups=tuple(group for tally in known for group in tally.groups), sources=tuple(sums.values()))


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
