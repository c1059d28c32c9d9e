"""What a cold start costs: each handler imported and called once in a fresh process, beside Python with boto3 alone.

The calls are those of a real lead (`bench.one_lead`), against the AWS emulator; the peer imports boto3, makes a client
and reads one item. Every run is a process of its own, all of them in turn, the median counts. rank loads both models.
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

from bench.one_lead import world
from bench.report import Figure, Report
from cli import stack
from cli.home import Home

RUNS = 5
LIGHT = 1.5
"""Most that a light handler may take, as a multiple of the peer."""
RANK_SECONDS = 1.2
_HEAVY = frozenset({"CollectFunction", "RankFunction"})
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
getattr(importlib.import_module(module), name)(json.loads(event), context)
"""
_TIMED = """
import time
began = time.perf_counter()
exec(compile({code!r}, "x", "exec"))
took = time.perf_counter() - began
import pathlib, re, sys  # ru_maxrss would tell the peak of the process that this one was forked from
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", pathlib.Path("/proc/self/status").read_text())[1]) / 1024
sys.stderr.write(f"{{took}} {{peak}}")
"""


def run(data: Path) -> Report:
    """`data` is not needed."""
    report = Report("coldstart")
    with _emulator() as endpoint, world(AWS_ENDPOINT_URL=endpoint) as made:
        lead = made.lead()
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in ("", *lead.uses)}
        for _ in range(RUNS):
            taken[""].append(_timed(_PEER, [], made.functions["IntakeFunction"].environment))
            for name in lead.uses:
                arguments = (*made.functions[name].handler.rsplit(".", 1), json.dumps(lead.invoked[name]))
                taken[name].append(_timed(_HANDLER, arguments, made.functions[name].environment))
    peer = statistics.median(seconds for seconds, _ in taken.pop(""))
    report.figures.append(Figure("Python and boto3", "s", peer))
    for name, runs in taken.items():
        seconds = statistics.median(took for took, _ in runs)
        step = name.removesuffix("Function").lower()
        light = None if name in _HEAVY else LIGHT
        report.figures += [
            Figure(step, "import and first call, s", seconds, limit=RANK_SECONDS if step == "rank" else None),
            Figure(step, "times Python and boto3", seconds / peer, limit=light),
            Figure(step, "peak memory, MB", max(memory for _, memory in runs)),
        ]
    return report


@contextmanager
def _emulator() -> Iterator[str]:
    """The address of an empty AWS emulator."""
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder:
        home = Home.at(Path(folder))
        try:
            yield stack.start_emulator(home, print, port=4867).endpoint
        finally:
            stack.down(home)


def _timed(code: str, arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds inside a fresh interpreter, and its peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", _TIMED.format(code=code), *arguments], check=True, text=True, capture_output=True,
        env={**os.environ, **environment},
    )  # fmt: skip
    seconds, memory = done.stderr.splitlines()[-1].split()[-2:]
    return float(seconds), float(memory)
