"""What one research costs on AWS: every call and every second that the handlers really used, at list prices.

A Lambda has a processor's share by its memory (a whole one at 1,769 MB), so that its billed time is what it waited and
what it computed at that share; the table by memory says why the template's sizes are what they are. Counted, not
estimated, are calls and processor time (`bench.one_lead`); assumed are the time of one AWS call, two kilobytes of log
for an invocation, and sources that answer after 800 ms. Not counted: what is paid once a month (alarms, metrics).
"""

from __future__ import annotations

from pathlib import Path

from bench.one_lead import Lead, Use, measured
from bench.report import Figure, Report
from bench.template import Function

SOURCE_LATENCY_MS = 800
WHOLE = 1769
"""MB of memory at which a Lambda has one whole processor (AWS's documentation)."""
SIZES = (256, 512, 1024, 1769)
MILLION = 1_000_000

# list prices of us-east-1 in US dollars
GB_SECOND = {True: 0.0000133334, False: 0.0000166667}  # arm64, x86_64
INVOCATION = 0.20 / MILLION
EXECUTION, EXECUTION_GB_SECOND, EXECUTION_GB = 1.00 / MILLION, 0.00001667, 64 / 1024  # Express
READ, WRITE = 0.125 / MILLION, 0.625 / MILLION  # DynamoDB on demand, request units
PUT, GET = 5.00 / MILLION, 0.40 / MILLION  # S3
EVENT, MESSAGE, REQUEST = 1.00 / MILLION, 3 * 0.40 / MILLION, 3.50 / MILLION  # bus, queue (three requests), API
LOGGED = 0.50 * 2 / MILLION  # CloudWatch, two kilobytes
MAIL = 0.10 / 1000

_STEPS = ("Collect", "Rank", "Brief")


def run(data: Path) -> Report:
    """One lead on the replay web; `data` is not needed."""
    world, lead = measured(SOURCE_LATENCY_MS)
    steps = {name: sum(invocation(world.functions[name], use) for use in uses) for name, uses in lead.uses.items()}
    around = _around(lead)
    report = Report("cost")
    report.figures += [Figure(_short(name), "US$ per 1,000 leads", 1000 * cost) for name, cost in steps.items()]
    for name, uses in lead.uses.items():
        report.figures += _by_memory(world.functions[name], uses)
    without = sum(steps.values()) + around
    report.figures += [
        Figure("bus, queues, workflow, API", "US$ per 1,000 leads", 1000 * around),
        Figure("a brief", "without mail, US$ per 1,000", 1000 * without, limit=0.5),
        Figure("a brief", "with everything, US$ per 1,000", 1000 * (without + MAIL), limit=1.0),
        Figure("a brief", "requests to sources", lead.asked.total()),
        Figure("a brief", "DynamoDB write units", sum(use.written for uses in lead.uses.values() for use in uses)),
    ]
    return report


def invocation(function: Function, use: Use) -> float:
    """US$ of one invocation with all that it asked of AWS, SES aside."""
    reads = sum(count for (service, name), count in use.calls.items() if service == "dynamodb" and _reads(name))
    objects = sum(
        count * (GET if name == "GetObject" else PUT) for (of, name), count in use.calls.items() if of == "s3"
    )
    events = use.calls["events", "PutEvents"]
    return (
        INVOCATION + LOGGED + billed_seconds(function.memory, use) * function.memory / 1024 * GB_SECOND[function.arm]
        + reads * READ + use.written * WRITE + objects + events * EVENT
    )  # fmt: skip


def billed_seconds(memory: int, use: Use) -> float:
    """Billed seconds: threads that compute at once are taken for one after the other."""
    return use.waiting + use.processor / min(1.0, memory / WHOLE)


def _reads(operation: str) -> bool:
    return operation in {"GetItem", "Query", "BatchGetItem"}


def _around(lead: Lead) -> float:
    """What no invocation pays for: queues, the workflow, the API."""
    queued = sum(
        len(uses) for name, uses in lead.uses.items() if _short(name) not in {"intake", "collect", "rank", "brief"}
    )
    running = sum(use.waiting + use.processor for name in _STEPS for use in lead.uses[f"{name}Function"])
    return REQUEST + queued * MESSAGE + EXECUTION + running * EXECUTION_GB * EXECUTION_GB_SECOND


def _by_memory(function: Function, uses: list[Use]) -> list[Figure]:
    """Milliseconds and price of its Lambda time at each size, and at the size that it has."""
    figures = []
    for memory in sorted({*SIZES, function.memory}):
        seconds = sum(billed_seconds(memory, use) for use in uses) / len(uses)
        price = seconds * memory / 1024 * GB_SECOND[function.arm]
        chosen = ", chosen" if memory == function.memory else ""
        figures += [
            Figure(_short(function.name), f"{memory} MB: ms{chosen}", 1000 * seconds),
            Figure(_short(function.name), f"{memory} MB: US$ per million", MILLION * price),
        ]
    return figures


def _short(name: str) -> str:
    return name.removesuffix("Function").lower()
