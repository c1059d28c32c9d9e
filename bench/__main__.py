"""`python -m bench NAME [--json] [--data DIR]`: measures, and holds the figures against their floors."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
from pathlib import Path

from bench.report import Report

NAMES = (
    "audit",
    "brief",
    "capacity",
    "coldstart",
    "collect",
    "cost",
    "evidence",
    "extract",
    "feeds",
    "flow",
    "fresh",
    "intake",
    "load",
    "loop",
    "policies",
    "rank",
    "relevance",
    "routing",
    "sentiment",
    "signals",
    "ssrf",
    "stories",
)


def main() -> int:
    """Run one bench; exit status 1 when a floor does not hold."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("PRECALL_DATA", "../shared/data")))
    parser.add_argument("--ablate", action="store_true", help="rank: what each part gains, by leaving it out")
    chosen = parser.parse_args()
    if chosen.ablate and chosen.name != "rank":
        parser.error("--ablate is an option of the bench rank")
    report: Report = importlib.import_module(f"bench.{chosen.name}").run(
        chosen.data, **({"ablate": True} if chosen.ablate else {})
    )
    print(json.dumps(report.as_dict()) if chosen.json else report.as_text())
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main())
