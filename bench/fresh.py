"""How long a newcomer waits: a fresh clone to its first brief, and to the second."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from bench.report import Figure, Report
from cli.home import ROOT


def run(data: Path) -> Report:
    """Clone HEAD, `make brief` twice, `make clean`; `data` is not needed."""
    report = Report("fresh")
    environment = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PRECALL_DATA"}}
    with tempfile.TemporaryDirectory(prefix="precall-fresh-") as folder:
        clone = Path(folder) / "precall"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        try:
            for metric, limit in (("first brief s", 300.0), ("second brief s", 30.0)):
                began = time.monotonic()
                subprocess.run(["make", "brief"], cwd=clone, env=environment, check=True, stdout=subprocess.DEVNULL)
                report.figures.append(Figure("fresh clone", metric, time.monotonic() - began, limit=limit))
        finally:
            subprocess.run(["make", "clean"], cwd=clone, env=environment, check=False, stdout=subprocess.DEVNULL)
    return report
