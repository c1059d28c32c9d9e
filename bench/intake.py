"""How intake bears HubSpot's batches: the deployed handler against the emulator's DynamoDB, S3, SSM and EventBridge.

Each process stands for a Lambda environment, which has one request at a time. Behind the bus is nothing: the research
of so many leads is another question. Two loads:

- "batches of 100 leads", one after the other: what one environment takes when every event of a batch makes a lead;
- "50 requests/s", at fixed times whether or not earlier ones have been answered: batches of 100 events, of which ten
  make a lead and ninety are the property changes that come along. Timed from when a request was due to its answer.

A fifth of the requests are redeliveries, some of them while the first is being answered.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from bench.intake_environment import Answered, Batch, answer, environment, leads_stored, prepare, start
from bench.report import Figure, Report, percentile
from cli.home import Home
from cli.processes import Background, free_port
from cli.sam import BIN

RATE, SECONDS = 50, 60
FULL_BATCHES = 100
ENVIRONMENTS = 6
REDELIVERED = 0.2


def run(data: Path | None) -> Report:
    """Both loads on an emulator of its own; `data` is not needed."""
    report = Report("intake")
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder:
        home = Home.at(Path(folder))
        emulator = Background(home, "emulator")
        port = free_port(4670)
        values = environment(port)
        try:
            emulator.start([str(BIN / "ministack")], {**values, "GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"})
            emulator.wait_for(f"http://127.0.0.1:{port}/_ministack/health", seconds=60)
            prepare(values)
            with ProcessPoolExecutor(ENVIRONMENTS, get_context("spawn"), start, (values,)) as pool:
                list(pool.map(time.sleep, [1.0] * ENVIRONMENTS))  # each imports the handler and answers once
                report.figures += _full(pool, values) + _rate(pool, values)
        finally:
            emulator.stop()
    return report


def _full(pool: ProcessPoolExecutor, values: dict[str, str]) -> list[Figure]:
    plan = list(_plan(FULL_BATCHES, new=100, first=0))
    answered = [pool.submit(answer, batch, time.time()).result() for batch in plan]
    return _figures("batches of 100 leads", answered, values, plan)


def _rate(pool: ProcessPoolExecutor, values: dict[str, str]) -> list[Figure]:
    plan = list(_plan(RATE * SECONDS, new=10, first=1_000_000))
    began = time.time() + 0.5
    futures: list[Future[Answered]] = []
    for number, batch in enumerate(plan):
        due = began + number / RATE
        time.sleep(max(0.0, due - time.time()))
        futures.append(pool.submit(answer, batch, due))
    return _figures(f"{RATE} requests/s", [future.result() for future in futures], values, plan)


def _plan(requests: int, new: int, first: int) -> Iterator[Batch]:
    """Batches by the number of their first contact; a fifth of them one of the twenty before."""
    random, sent = Random(7), list[Batch]()
    for _ in range(requests):
        again = bool(sent) and random.random() < REDELIVERED
        sent.append(random.choice(sent[-20:]) if again else Batch(first + 100 * len(sent), new))
        yield sent[-1]


def _figures(name: str, answered: list[Answered], values: dict[str, str], plan: list[Batch]) -> list[Figure]:
    expected = {contact for batch in plan for contact in batch.contacts}
    published = [lead for one in answered for lead in one.published]
    seconds = [one.seconds for one in answered]
    return [
        Figure(name, "requests", len(answered)),
        Figure(name, "answers other than 200", sum(one.status != 200 for one in answered), limit=0),
        Figure(name, "p50 ms", percentile(seconds, 0.5) * 1000),
        Figure(name, "p95 ms", percentile(seconds, 0.95) * 1000, limit=400),
        Figure(name, "CPU a request, p50 ms", percentile([one.cpu for one in answered], 0.5) * 1000),
        Figure(name, "leads expected", len(expected)),
        Figure(name, "leads that are not stored, or too many", len(leads_stored(values, plan) ^ expected), limit=0),
        Figure(name, "leads that were not published", len(expected) - len(set(published)), limit=0),
    ]
