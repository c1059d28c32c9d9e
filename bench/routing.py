"""Who gets which lead, simulated: 100,000 leads in turn over 200 reps, fewer by load and around the world (where each
lead looks at all reps), through the code that distribute runs.

The diary is in memory, with the promise of DynamoDB's conditional writes; the clock is that of the simulated leads.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bench.report import Figure, Report
from distribute.choosing import Choice, Chooser, Wish
from distribute.pools import pool_for
from precall.at_work import works_at
from precall.config import Config
from precall.model import Account, Lead, Prospect
from tests.fakes import FakeDiary

REPS = 200
BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday; within the weeks after it the clocks change in America and in Europe."""
ZONES = ("Europe/Vienna", "America/New_York", "Asia/Kolkata")
PROSPECT = Prospect(account=Account(name="Tarnmoor Logistics"))
Given = list[tuple[datetime, Choice | None]]


def run(data: Path) -> Report:
    """Simulate three teams; `data` is not needed."""
    report = Report("routing")
    _round_robin(report, 100_000)
    _least_loaded(report, 3_000)
    _around_the_world(report, 6_000)
    return report


def _round_robin(report: Report, leads: int) -> None:
    team, began = _team("round robin", ["UTC"], capacity=48), time.process_time()
    given = _simulated(team, _in_working_hours(leads))
    spent = time.process_time() - began
    calls = Counter(choice.rep.email for _, choice in given if choice)
    report.figures += [
        Figure("round robin", "leads given", calls.total(), limit=leads, keep="above"),
        Figure("round robin", "reps", len(calls)),
        Figure("round robin", "most minus fewest leads of a rep", _spread(calls), limit=1),
        Figure("round robin", "called within 15 minutes", _soon(given)),
        Figure("round robin", "processor time a lead, us", spent / leads * 1e6),
        *_violations("round robin", team, given),
    ]


def _least_loaded(report: Report, leads: int) -> None:
    team = _team("least loaded", ["UTC"], capacity=48)
    given = _simulated(team, _in_working_hours(leads))
    days = {choice.call_at.date() for _, choice in given if choice}
    spreads = [_spread(Counter(c.rep.email for _, c in given if c and c.call_at.date() == day)) for day in days]
    report.figures += [
        Figure("least loaded", "most minus fewest calls of a rep on a day", max(spreads), limit=1),
        *_violations("least loaded", team, given),
    ]


def _around_the_world(report: Report, leads: int) -> None:
    """Three time zones, small and large capacities, holidays, leads at all hours: more than can be called."""
    team = _team("round robin", ZONES, capacity=None)
    given = _simulated(team, _at_all_hours(leads))
    queued = sum(choice is None for _, choice in given)
    report.figures += [
        Figure("around the world", "share that waits in the queue", queued / leads),
        *_violations("around the world", team, given),
    ]


def _team(spread: str, zones: list[str] | tuple[str, ...], capacity: int | None) -> Config:
    chance = random.Random(7)
    reps = [
        {
            "name": f"R{number}",
            "email": f"r{number}@seller.example",
            "time_zone": zones[number % len(zones)],
            "capacity": chance.randrange(30) if capacity is None else capacity,
            "holidays": "some" if capacity is None and number % 4 == 0 else None,
        }
        for number in range(REPS)
    ]
    return Config.model_validate(
        {
            "reps": reps,
            "holidays": {"some": ["2026-03-04", "2026-03-19/2026-03-23"]},
            "routing": {"spread": spread},
            "seller": {"name": "Loftgrid"},
            "sender": "briefs@seller.example",
        }
    )


def _in_working_hours(leads: int) -> Iterator[datetime]:
    """Spread over seven hours of twenty working days."""
    days = [BEGIN + timedelta(days=day) for day in range(28) if (BEGIN + timedelta(days=day)).weekday() < 5]
    each = leads // len(days)
    for day in days:
        yield from (day + timedelta(hours=7) * number / each for number in range(each))


def _at_all_hours(leads: int) -> Iterator[datetime]:
    chance = random.Random(11)
    yield from sorted(BEGIN + timedelta(minutes=chance.randrange(28 * 24 * 60)) for _ in range(leads))


def _simulated(team: Config, moments: Iterator[datetime]) -> Given:
    turns: Counter[str] = Counter()

    def next_turn(pool: str) -> int:
        turns[pool] += 1
        return turns[pool] - 1

    chooser = Chooser(FakeDiary(), next_turn)
    given: Given = []
    for number, now in zip(count(), moments, strict=False):
        lead = Lead(id=str(number), crm="generic", acquired_at=now, correlation_id="c", prospect=PROSPECT)
        given.append((now, chooser.choose(Wish(lead, pool_for(lead, team), team, None, now))))
    return given


def _violations(name: str, team: Config, given: Given) -> list[Figure]:
    """What must never be, counted from the outcome alone."""
    chosen: list[Any] = [choice for _, choice in given if choice]
    outside = sum(not works_at(choice.rep, choice.call_at, team.days_off(choice.rep)) for choice in chosen)
    days = Counter((choice.rep.email, choice.call_at.astimezone(choice.rep.zone).date()) for choice in chosen)
    capacity = {rep.email: rep.capacity for rep in team.reps}
    beyond = sum(max(0, calls - capacity[email]) for (email, _), calls in days.items())
    moments = Counter((choice.rep.email, choice.call_at) for choice in chosen)
    return [
        Figure(name, "calls outside working hours", outside, limit=0),
        Figure(name, "calls beyond a day's capacity", beyond, limit=0),
        Figure(name, "calls at the same time as another", sum(calls - 1 for calls in moments.values()), limit=0),
    ]


def _spread(calls: Counter[str]) -> int:
    return max(calls.values()) - (min(calls.values()) if len(calls) == REPS else 0)


def _soon(given: Given) -> float:
    """The share of the leads that is called within a quarter of an hour."""
    soon = sum(bool(choice and choice.call_at - now <= timedelta(minutes=15)) for now, choice in given)
    return soon / len(given)
