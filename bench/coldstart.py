"""What a cold start costs: each handler imported and called once in a fresh process, beside Python with boto3 alone.

The calls are those of a real lead (`bench.one_lead`), against the AWS emulator; the peer imports boto3, makes a client
and reads one item. Each process finds what it would find on Lambda: boto3 and what that needs, and, but for the peer,
the functions and its layers as `sam build` makes them; nothing that this checkout's environment has besides (some of
that, if installed, botocore imports: both would be slower by a third of the peer). Every run is a process of its own,
all of them in turn, after a first round that does not count; the median counts. rank loads both models. Processor time
is told beside the wall's, which on a busy machine says little.

Light are all but the steps of a research: collect, rank and brief (docs/decisions.md, 2026-12-01).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import boto3

from bench.one_lead import Lead, World, webhook, world
from bench.report import Figure, Report
from cli import sam, stack
from cli.deployment import Local
from cli.home import ROOT, Home

RUNS = 5
LIGHT = 1.5
"""Most that a light handler may take, as a multiple of the peer."""
RANK_SECONDS = 1.2
BRIEF = 2.1
"""The same for the handler that writes six documents."""
_LIMITS = {"CollectFunction": None, "RankFunction": None, "BriefFunction": BRIEF}
_RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six.py", "urllib3")
"""What Lambda's Python brings."""
_PEER = """
import os, boto3
boto3.client("dynamodb").get_item(TableName=os.environ["TABLE_NAME"], Key={"pk": {"S": "x"}, "sk": {"S": "x"}})
"""
_HANDLER = """
import importlib, json, sys
from types import SimpleNamespace
module, name, event = sys.argv[1:]
context = SimpleNamespace(function_name=name, memory_limit_in_mb=512, aws_request_id="r", invoked_function_arn="a:b",
                          get_remaining_time_in_millis=lambda: 30_000)
answer = getattr(importlib.import_module(module), name)(json.loads(event), context)
if isinstance(answer, dict) and (answer.get("batchItemFailures") or answer.get("statusCode", 200) >= 400):
    sys.exit(str(answer))
"""
_TIMED = """
import time
began, computed = time.perf_counter(), time.process_time()
exec(compile({code!r}, "x", "exec"))
took, computed = time.perf_counter() - began, time.process_time() - computed
import pathlib, re, sys  # ru_maxrss would tell the peak of the process that this one was forked from
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
sys.stderr.write(f"\\n{{took}} {{computed}} {{peak}}")
"""


class Taken(NamedTuple):
    """Seconds by the wall and of the processor, and the most memory in MB."""

    wall: float
    processor: float
    memory: float


def run(data: Path) -> Report:
    """`data` is not needed."""
    report = Report("coldstart")
    with _emulator() as local, world(AWS_ENDPOINT_URL=local.endpoint) as made:
        sam.build(local.home, {"PRECALL_LAYERS": "local", **local.environment})
        runtime = _runtime(local.home)
        lead = made.lead()
        taken: dict[str, list[Taken]] = {name: [] for name in ("", *lead.uses)}
        _round(made, lead, runtime, sam.built(local.home))
        for _ in range(RUNS):
            for name, one in _round(made, lead, runtime, sam.built(local.home)):
                taken[name].append(one)
    peer = _median(taken.pop(""))
    report.figures += [
        Figure("Python and boto3", "s", peer.wall),
        Figure("Python and boto3", "processor, s", peer.processor),
    ]
    for name, runs in taken.items():
        report.figures += _figures(name, _median(runs), peer)
    return report


def _runtime(home: Home) -> Path:
    """A folder with `_RUNTIME` alone."""
    made, installed = home.path / "runtime", Path(boto3.__file__).parent.parent
    made.mkdir()
    for name in _RUNTIME:
        (made / name).symlink_to(installed / name)
    return made


def _round(made: World, lead: Lead, runtime: Path, built: Path) -> list[tuple[str, Taken]]:
    """The peer, by the name "", and each handler of `lead`."""
    lead.invoked["IntakeFunction"] = webhook(made.payload())  # a signature lasts five minutes
    done = [("", _timed(_PEER, [], made.functions["IntakeFunction"].environment, [runtime]))]
    for name in lead.uses:
        function = made.functions[name]
        arguments = (*function.handler.rsplit(".", 1), json.dumps(lead.invoked[name]))
        found = [ROOT / "functions", *(built / layer / "python" for layer in function.layers), runtime]
        done.append((name, _timed(_HANDLER, arguments, function.environment, found)))
    return done


def _figures(name: str, own: Taken, peer: Taken) -> list[Figure]:
    step = name.removesuffix("Function").lower()
    return [
        Figure(step, "import and first call, s", own.wall, limit=RANK_SECONDS if step == "rank" else None),
        Figure(step, "times Python and boto3", own.wall / peer.wall, limit=_LIMITS.get(name, LIGHT)),
        Figure(step, "processor, s", own.processor),
        Figure(step, "times its processor", own.processor / peer.processor),
        Figure(step, "peak memory, MB", own.memory),
    ]


def _median(runs: Sequence[Taken]) -> Taken:
    return Taken(*map(statistics.median, zip(*runs, strict=True)))


@contextmanager
def _emulator() -> Iterator[Local]:
    """An empty AWS emulator."""
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder:
        home = Home.at(Path(folder))
        try:
            yield stack.start_emulator(home, print, port=4867)
        finally:
            stack.down(home)


def _timed(code: str, arguments: Sequence[str], environment: Mapping[str, str], found: Sequence[Path]) -> Taken:
    """Inside a fresh interpreter that finds modules in `found` alone."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", _TIMED.format(code=code), *arguments], check=True, text=True, capture_output=True,
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(map(str, found))},
    )  # fmt: skip
    return Taken(*map(float, done.stderr.splitlines()[-1].split()))
