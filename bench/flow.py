"""How long a lead takes, from the webhook to the mail, through the deployed template on the local stack.

The replayed sources answer after 200 ms each. For what has a limit leads are sent one at a time: the machine also runs
the emulator. Then come 1, 10 and 50 at once (`bench.flow_together`), of which none may be lost. Each is as of another
minute, so that it is collected for: leads of one minute would share a collection.
"""

from __future__ import annotations

import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import httpx

from bench.flow_together import SIZES, together
from bench.report import Figure, Report, percentile
from cli import stack, trail
from cli.demo import soon, world_lead
from cli.deployment import Local
from cli.home import Home
from cli.show import Shown
from cli.webhook import signed
from precall.clock import utc_now
from precall.model import Collection, SourceState
from precall.secrets import GENERIC_WEBHOOK

LEADS = 20
WARM_UP = 3
SOURCE_LATENCY_MS = 200


def run(data: Path) -> Report:
    """Send leads through a stack of its own; `data` is not needed."""
    report = Report("flow")
    with tempfile.TemporaryDirectory(prefix="precall-bench-") as folder:
        home = Home.at(Path(folder))
        try:
            local = stack.up(home, stack.Replay(latency_ms=SOURCE_LATENCY_MS), print, port=4666)
            now = utc_now()
            moments = [now - timedelta(minutes=number) for number in range(WARM_UP + LEADS)]
            timings = [_lead(home, local, moment) for moment in moments][WARM_UP:]
            crowds = [
                figure
                for number, size in enumerate(SIZES, 1)
                for figure in together(home, local, size, now - timedelta(hours=number))
            ]
        finally:
            stack.down(home)
    accepted, mailed, overhead, wall = zip(*timings, strict=True)
    report.figures += [
        Figure("webhook", "accepted p50 ms", percentile(accepted, 0.5) * 1000),
        Figure("webhook", "accepted p95 ms", percentile(accepted, 0.95) * 1000, limit=300),
        Figure("webhook to mail", "p50 s", percentile(mailed, 0.5)),
        Figure("webhook to mail", "p95 s", percentile(mailed, 0.95), limit=5),
        Figure("collect", "beyond its slowest answering source, p50 ms", percentile(overhead, 0.5)),
        Figure("collect", "beyond its slowest answering source, p95 ms", percentile(overhead, 0.95), limit=150),
        Figure("collect", "the whole of it, p50 ms", percentile(wall, 0.5)),
        *crowds,
    ]
    return report


def _lead(home: Home, local: Local, as_of: datetime) -> tuple[float, float, float, float]:
    """Seconds to the answer and to the mail; milliseconds of collect beyond its slowest source, and of all of it."""
    headers, body = signed(home.secrets()[GENERIC_WEBHOOK], world_lead("tarnmoor", as_of=as_of.isoformat(), **soon()))
    began = time.time()
    answer = httpx.post(f"{local.api}/webhooks/generic", headers=headers, content=body, timeout=30, trust_env=False)
    accepted = time.time() - began
    lead_id = answer.raise_for_status().json()["accepted"][0]["id"]
    events = {event["type"]: event for event in trail.follow(local, lead_id)}
    mailed = datetime.fromisoformat(events["brief.sent"]["at"]).timestamp() - began
    collection = Collection.model_validate_json(Shown(home, local, lead_id).document("collection.json"))
    slowest = max(r.took_ms for r in collection.reports if r.state == SourceState.ANSWERED)
    took = events["mentions.collected"]["took_ms"]
    return accepted, mailed, took - slowest, took
