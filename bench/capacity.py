"""Where a thousand, a hundred thousand and ten million leads a day meet their first wall.

A day of leads, second by second (Poisson, seeded; an office day's hours, the busiest with a tenth of all), runs
against every limit on the way: quotas as AWS documents them by default for us-east-1, what the template sets, and each
source's own rate. What a lead asks of each is measured (`bench.one_lead`). A hard wall delays briefs: the figure is the
longest wait. A soft wall is a source that has had enough: the brief goes without it, and says so; the figure is the
share that it answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.cost import SOURCE_LATENCY_MS, billed_seconds
from bench.one_lead import Lead, World, measured
from bench.report import Figure, Report
from precall.fetch.manners.policies import POLICIES

SIZES = {"1 k a day": 1_000, "100 k a day": 100_000, "10 M a day": 10_000_000}
DAY = 86_400
LATE = 60.0
"""Seconds of waiting that a brief can bear."""
_HOURS = (1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 11, 9, 8, 10, 10, 9, 7, 4, 2, 1, 1, 1, 1, 1)
"""How a day's leads spread over its hours."""
_SEED = 20261122


@dataclass(frozen=True)
class Wall:
    """`rate` units a second go through, of which a lead needs `units`; up to `burst` that were not used are kept."""

    name: str
    rate: float
    units: float
    burst: float = 0


def run(data: Path) -> Report:
    """`data` is not needed."""
    made, lead = measured(SOURCE_LATENCY_MS)
    hard, soft = tuple(_hard(made, lead)), tuple(_soft(lead))
    report = Report("capacity")
    for size, leads in SIZES.items():
        arrivals = _day(leads)
        waits = {wall.name: _wait(wall, arrivals) for wall in hard}
        answered = {wall.name: _share(wall, arrivals) for wall in soft}
        report.figures += [Figure(size, f"{name}: longest wait, s", wait) for name, wait in waits.items() if wait >= 1]
        report.figures += [
            Figure(size, f"{name}: share answered", share) for name, share in answered.items() if share < 1
        ]
        limit = 0 if leads == min(SIZES.values()) else None
        report.figures.append(
            Figure(size, "hard walls that make briefs late", sum(wait > LATE for wait in waits.values()), limit)
        )
    return report


def _hard(made: World, lead: Lead) -> Iterator[Wall]:
    seconds = {
        name: [billed_seconds(made.functions[name].memory, use) for use in uses] for name, uses in lead.uses.items()
    }
    events, mails = (
        len(lead.events),
        sum(use.calls["sesv2", "SendEmail"] for uses in lead.uses.values() for use in uses),
    )
    written = sum(use.written for uses in lead.uses.values() for use in uses)
    yield Wall("Lambda, concurrent executions", 1000, sum(sum(each) for each in seconds.values()))
    yield Wall("API, the template's throttle", 100, 1)
    yield Wall("EventBridge, PutEvents", 10_000, events)
    yield Wall("EventBridge, invocations", 18_750, 2 * events)
    yield Wall("Step Functions, express starts", 6_000, 1)
    yield Wall("DynamoDB, writes of the table", 40_000, written)
    yield Wall("DynamoDB, writes of one partition (a source's turns)", 1_000, max(lead.asked.values()))
    yield Wall("SES, mails a second", 14, mails)
    yield Wall("SES, mails a day", 50_000 / DAY, mails, burst=50_000)
    for name, each in seconds.items():
        function = made.functions[name]
        if function.concurrency:
            yield Wall(
                f"{name.removesuffix('Function').lower()}, concurrency of its queue", function.concurrency, sum(each)
            )


def _soft(lead: Lead) -> Iterator[Wall]:
    """The sources' rates, of those that all accounts share."""
    rates = {policy.bucket or policy.where[0].partition("/")[0]: policy.rate for policy in POLICIES}
    for bucket, asked in lead.asked.items():
        if rate := rates.get(bucket):
            yield Wall(bucket, 1000 / rate.interval, asked, burst=rate.burst)


def _day(leads: int) -> NDArray[np.int64]:
    """Leads in each second."""
    hours = np.repeat(np.array(_HOURS) / sum(_HOURS), DAY // 24) / (DAY // 24)
    return np.random.default_rng(_SEED).poisson(leads * hours)


def _wait(wall: Wall, arrivals: NDArray[np.int64]) -> float:
    """Seconds that the last in the longest line waits, nobody giving up."""
    line, longest = -wall.burst, 0.0
    for came in (arrivals * wall.units).tolist():
        line = max(-wall.burst, line + came - wall.rate)
        longest = max(longest, line)
    return longest / wall.rate


def _share(wall: Wall, arrivals: NDArray[np.int64]) -> float:
    """Of what is asked in a day; what does not go within its minute is not asked again."""
    free, gone = wall.burst, 0.0
    minutes = (arrivals.reshape(-1, 60).sum(axis=1) * wall.units).tolist()
    for asked in minutes:
        free += wall.rate * 60
        gone += min(asked, free)
        free = min(wall.burst, free - min(asked, free))
    return float(gone / sum(minutes))
