"""Twenty sources at once through the real runner, door and parsers: some quick, some slow, some that never answer.

Two runs in a process of its own, whose peak memory is taken: one in which every source answers, and one with sources
that hang, drip a bomb, never end, or answer half of what they are asked. The same requests are made one source after
the other, and by a thread pool of the default size with a blocking client.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import resource
import sys
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import httpx
from pydantic import create_model

import replay
from bench.report import Figure, Report
from collect.batch import Batch
from collect.feeds import read_feed
from collect.mentions import from_entry
from collect.question import Question
from collect.run import Findings, collect
from collect.sources.searching import Inquiry, inquire
from precall.config import Collecting, Sources, SourceSwitch
from precall.fetch import Door, Page, open_door
from precall.model import Account, Kind, Prospect, SourceState
from replay.hosts.latency import ITEMS

DEADLINE = 2.0
"""Seconds for each source."""
QUICK = tuple(f"{latency}ms.latency.example" for latency in range(50, 1050, 50))
TROUBLED = ("hang.trouble.example", "drip.trouble.example", "bomb.trouble.example", "endless.trouble.example")
LATE = "6000ms.latency.example"
_RUNS = 5


@dataclass(frozen=True)
class Feeds:
    """A source that reads one feed from each of `hosts`."""

    name: str
    hosts: tuple[str, ...]
    label: str = "Feeds"
    waits: bool = False

    def lacks(self, question: Question) -> str | None:
        """Nothing."""
        return None

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each host."""
        return inquire(door, (Inquiry(f"https://{host}/", partial(self._parse, question)) for host in self.hosts))

    def _parse(self, question: Question, page: Page) -> Batch:
        feed = read_feed(page)
        mentions = (from_entry(entry, question, source=self.name, kind=Kind.NEWS) for entry in feed.entries)
        return Batch(tuple(mentions), feed.flaw)


@dataclass
class Measured:
    """Milliseconds of each run, mentions of the last ones, MB at the peak."""

    answering: list[float] = field(default_factory=list)
    mixed: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    dropped: int = 0
    one_by_one: float = 0.0
    threads: float = 0.0
    peak: float = 0.0


ALL_ANSWER = tuple(Feeds(f"s{number}", (host,)) for number, host in enumerate(QUICK))
_HALF = Feeds("s19", (QUICK[0].replace("50", "55"), "blackhole.trouble.example"))
MIXED = (
    *ALL_ANSWER[:14],
    *(Feeds(f"s{14 + number}", (host,)) for number, host in enumerate((*TROUBLED, LATE))),
    _HALF,
)
_ARRIVES = 15 * ITEMS


def run(data: Path) -> Report:
    """All of it on the replay web; `data` is not needed."""
    with replay.serve(as_of=datetime(2026, 3, 10, 12, tzinfo=UTC)) as origin:
        context = multiprocessing.get_context("spawn")
        with context.Pool(1) as alone:
            got = alone.apply(measure, (origin,))
    beyond = min(all_ms - slowest for all_ms, slowest in zip(got.answering, got.slowest, strict=True))
    more_than_alone = min(wall - alone for wall, alone in zip(got.answering, got.alone, strict=True))
    report = Report("collect")
    report.figures += [
        Figure("20 that answer", "wall ms", min(got.answering)),
        Figure("20 that answer", "beyond the slowest, ms", beyond, limit=150),
        Figure("20 that answer", "beyond the slowest asked alone, ms", more_than_alone, limit=150),
        Figure("mixed", "wall ms", min(got.mixed), limit=DEADLINE * 1000 + 150),
        Figure("both", "mentions that came and were dropped", got.dropped, limit=0),
        Figure("both", "peak memory MB", got.peak, limit=200),
        Figure("against", "one after the other, times as long", got.one_by_one / min(got.mixed), limit=5, keep="above"),
        Figure("against", "thread pool, times as long", got.threads / min(got.mixed), limit=1, keep="above"),
    ]
    return report


def measure(origin: str) -> Measured:
    """In a process of its own."""
    got = Measured()
    asyncio.run(_collected(origin, ALL_ANSWER[:1]))  # what is imported and read on first use
    for _ in range(_RUNS):
        got.alone.append(asyncio.run(_collected(origin, ALL_ANSWER[-1:]))[1])
        found, wall = asyncio.run(_collected(origin, ALL_ANSWER))
        got.answering.append(wall)
        got.slowest.append(max(report.took_ms or 0 for report in found.reports))
        got.dropped += len(ALL_ANSWER) * ITEMS - len(found.mentions)
        found, wall = asyncio.run(_collected(origin, MIXED))
        got.mixed.append(wall)
        got.dropped += _ARRIVES - len(found.mentions)
        _as_expected(found)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    got.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    got.one_by_one = sum(asyncio.run(_collected(origin, (source,)))[1] for source in MIXED)
    got.threads = _threads(origin)
    return got


async def _collected(origin: str, sources: tuple[Feeds, ...]) -> tuple[Findings, float]:
    now = datetime.now(UTC)
    switches = {f"s{number}": (SourceSwitch, SourceSwitch(deadline=DEADLINE)) for number in range(20)}
    tuning: Sources = create_model("Twenty", __base__=Sources, **switches)()  # type: ignore[call-overload]
    as_of = datetime(2026, 3, 10, 12, tzinfo=UTC)
    question = Question(Prospect(account=Account(name="Tarnmoor")), as_of, 30, now + timedelta(days=1), tuning=tuning)
    async with open_door("development", origin, "bench@seller.example") as door:
        began = time.perf_counter()
        found = await collect(question, sources, door, Collecting(deadline=DEADLINE + 1, reading=0))
        return found, (time.perf_counter() - began) * 1000


def _as_expected(found: Findings) -> None:
    """The sources that answered, and only these, say so; half an answer is called partial."""
    states = [report.state for report in found.reports]
    expected = [*[SourceState.ANSWERED] * 14, *[SourceState.FAILED] * 5, SourceState.PARTIAL]
    if states != expected:
        raise RuntimeError(f"the sources' reports are not as expected: {states}")


def _threads(origin: str) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor() as pool, httpx.Client(timeout=DEADLINE, trust_env=False) as client:
        list(pool.map(partial(_blocking, client, origin), [host for source in MIXED for host in source.hosts]))
    return (time.perf_counter() - began) * 1000


def _blocking(client: httpx.Client, origin: str, host: str) -> None:
    """As a careful thread would: until the deadline, and at most 2 MB."""
    end, size = time.monotonic() + DEADLINE, 0
    try:
        with client.stream("GET", f"{origin}/{host}/") as response:
            for part in response.iter_bytes():
                size += len(part)
                if size > 2_000_000 or time.monotonic() > end:
                    return
    except httpx.HTTPError:
        return
