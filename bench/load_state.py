"""What a stack keeps: items and documents, and the memory of its functions' processes."""

from __future__ import annotations

import contextlib
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from cli.deployment import Local

EVERY = 10.0
"""Seconds between two looks at the processes."""
ENOUGH = 12
"""Looks at a function that are needed to tell whether it grows."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


def items(local: Local) -> list[dict[str, Any]]:
    """All keys of the table, with the time at which each item goes, and the documents of leads' trails."""
    found, start = list[dict[str, Any]](), dict[str, Any]()
    names = {"ProjectionExpression": "pk, sk, expires_at, doc"}
    while True:
        page = local.table().scan(**names, **start)  # type: ignore[arg-type]
        found += page["Items"]
        if "LastEvaluatedKey" not in page:
            return found
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}


def documents(local: Local) -> Counter[str]:
    """How many objects lie in the bucket, by their first folder."""
    pages = local.client("s3").get_paginator("list_objects_v2").paginate(Bucket=local.outputs()["BucketName"])
    return Counter(each["Key"].partition("/")[0] for page in pages for each in page.get("Contents", ()))


@dataclass
class Memory:
    """Megabytes of the largest process of each function, looked at again and again."""

    emulator: int
    seen: dict[str, list[float]] = field(default_factory=dict)
    at: float = 0

    def look(self) -> None:
        """Look, if it is time."""
        if time.monotonic() - self.at < EVERY:
            return
        self.at, largest = time.monotonic(), dict[str, float]()
        for pid in _children(self.emulator):
            with contextlib.suppress(OSError, IndexError, ValueError):  # it has just come, or is about to go
                resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
                name = _function(pid)
                largest[name] = max(largest.get(name, 0), resident)
        self.note(largest)

    def note(self, largest: dict[str, float]) -> None:
        """One look's sizes, by function."""
        for name, size in largest.items():
            self.seen.setdefault(name, []).append(size)

    def growth(self) -> dict[str, float]:
        """By function, what its largest process was larger by in the last third of the run than in the one before.

        The largest, because one that has had little to do is small until it has loaded what it works with, however late
        that is. Medians, because one grows for a moment with what it has in hand.
        """
        grown = dict[str, float]()
        for name, sizes in self.seen.items():
            if len(sizes) >= ENOUGH:
                third = len(sizes) // 3
                grown[name] = median(sizes[-third:]) - median(sizes[-2 * third : -third])
        return grown


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(") ")[2].split()[1]) == parent:
                found.append(int(stat.parts[2]))
    return found


def _function(pid: int) -> str:
    variables = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    (name,) = [one.partition(b"=")[2].decode() for one in variables if one.startswith(b"AWS_LAMBDA_FUNCTION_NAME=")]
    return name.split("-")[1]
