"""How intake bears HubSpot's batches of 100 events, with nothing behind the bus: research is another question.

- "50 requests/s": through the handler in processes that each stand for a Lambda environment, at fixed times for a
  minute, whether or not earlier ones have been answered;
- "batches of 100 leads", one after the other, in the processes: what one takes when every event makes a lead;
- "5 requests/s over HTTP": to the deployed template on the local stack, for a minute, at most ten under way at once, as
  HubSpot sends. The emulator, one process for API, table, bus and all else, is the limit there: beside it stand the
  same requests to a function that does nothing, the most that either takes when ten are always under way, and the
  emulator's own processor time, which does not depend on what else the machine does.

Except in "batches of 100 leads" ten events of a batch make a lead, ninety are the property changes that come along; a
fifth are redeliveries, some of them while the first is being answered. Timed from when a request was due.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from bench.intake_environment import Answered, Batch, answer, environment, leads_stored, prepare, start
from bench.intake_stack import Door, door
from bench.report import Figure, Report, percentile
from bench.sending import AT_ONCE
from cli.home import Home
from cli.processes import Background, free_port
from cli.sam import BIN

RATE, SECONDS = 50, 60
HTTP_RATE = 5
MOST = 200
"""Requests by which the most is measured."""
WARM_UPS = 3
FULL_BATCHES = 100
ENVIRONMENTS = 6
REDELIVERED = 0.2


def run(data: Path | None) -> Report:
    """All loads, on a bare emulator and then on the stack; `data` is not needed."""
    report = Report("intake")
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder:
        report.figures += _in_processes(Home.at(Path(folder)))
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder, door(Path(folder), 4670) as to:
        report.figures += _over_http(to)
    return report


def _in_processes(home: Home) -> list[Figure]:
    emulator, port = Background(home, "emulator"), free_port(4670)
    values = environment(port)
    try:
        emulator.start([str(BIN / "ministack")], {**values, "GATEWAY_PORT": str(port), "BIND_HOST": "127.0.0.1"})
        emulator.wait_for(f"http://127.0.0.1:{port}/_ministack/health", seconds=60)
        prepare(values)
        with ProcessPoolExecutor(ENVIRONMENTS, get_context("spawn"), start, (values,)) as pool:
            list(pool.map(time.sleep, [1.0] * ENVIRONMENTS))  # each imports the handler and answers once
            return _full(pool, values) + _rate(pool, values)
    finally:
        emulator.stop()


def _over_http(to: Door) -> list[Figure]:
    """Warm; the load beside nothing; the most of both."""
    plan = list(_plan(HTTP_RATE * SECONDS, new=10, first=1_000_000))
    more = [Batch(100_000_000 + 100 * number, 10) for number in range(MOST)]
    makers = {"nothing": to.nothing, "batches": to.delivery}
    for make in makers.values():
        for _ in range(WARM_UPS):
            to.sender.together([make(Batch(number, 0)) for number in range(AT_ONCE)])
    name, figures, slowest = f"{HTTP_RATE} requests/s over HTTP", list[Figure](), dict[str, float]()
    for what, make in makers.items():
        answers, cpu = to.costing(partial(to.sender.at_rate, [make(batch) for batch in plan], HTTP_RATE))
        seconds = [one.seconds for one in answers]
        slowest[what] = percentile(seconds, 0.95)
        figures += [
            Figure(name, f"{what}: answers other than 200", sum(one.status != 200 for one in answers), limit=0),
            Figure(name, f"{what}: p50 ms", percentile(seconds, 0.5) * 1000),
            Figure(name, f"{what}: p95 ms", slowest[what] * 1000),
            Figure(name, f"{what}: emulator's CPU ms a request", cpu / len(plan) * 1000),
        ]
    wrong = leads_stored(to.reached, plan) ^ {contact for batch in plan for contact in batch.contacts}
    figures += [
        Figure(name, "leads not stored and published, or twice", len(wrong), limit=0),
        Figure(name, "p95 of batches, times nothing", slowest["batches"] / slowest["nothing"]),
    ]
    for what, make in makers.items():
        began, requests = time.monotonic(), [make(batch) for batch in more]
        answers = to.sender.at_rate(requests, 1000)
        done = sum(one.status == 200 for one in answers)
        figures.append(Figure("most over HTTP", f"{what}: requests/s", done / (time.monotonic() - began)))
    return figures


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
