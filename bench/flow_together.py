"""Leads that come at the same moment: how long each takes to its mail, and whether one is lost.

They are looked for rarely, one after the other: who asks for a page takes time from what is measured. A lead's time is
that of its events, so that it does not matter when somebody looked. All are calls of the first rep's, soon: an owner's
calls have no limit, while a rep's capacity would leave some of 84 leads in a queue, for good reason.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import httpx

from bench.report import Figure, percentile
from cli import trail
from cli.demo import soon, world_lead
from cli.deployment import Local
from cli.home import Home
from cli.webhook import signed
from precall.secrets import GENERIC_WEBHOOK

SIZES = (1, 10, 50)
PATIENCE = 300.0
"""Seconds after which a lead without its mail counts as lost."""
_LOOK = 2.0


def together(home: Home, local: Local, size: int, before: datetime) -> list[Figure]:
    """`size` leads at once, each as of another minute before `before`, so that each is collected for."""
    moments = [before - timedelta(minutes=number) for number in range(size)]
    with ThreadPoolExecutor(size) as senders:
        sent = dict(senders.map(lambda as_of: _send(home, local, as_of), moments))
    seconds = _mailed(local, sent)
    name = f"{size} at once"
    return [
        Figure(name, "leads without their mail", size - len(seconds), limit=0),
        *(Figure(name, f"webhook to mail, p{p} s", percentile(seconds, p / 100)) for p in (50, 95, 99) if seconds),
    ]


def _send(home: Home, local: Local, as_of: datetime) -> tuple[str, float]:
    """The lead's id, and when it was sent first: who gets no answer or an error sends again, as CRMs do."""
    headers, body = signed(home.secrets()[GENERIC_WEBHOOK], world_lead("tarnmoor", as_of=as_of.isoformat(), **soon()))
    began = time.time()
    while True:
        try:
            url = f"{local.api}/webhooks/generic"
            answer = httpx.post(url, headers=headers, content=body, timeout=60, trust_env=False).raise_for_status()
            return answer.json()["accepted"][0]["id"], began
        except httpx.HTTPError:
            if time.time() - began > PATIENCE:
                raise
            time.sleep(_LOOK)


def _mailed(local: Local, sent: dict[str, float]) -> Sequence[float]:
    """Seconds from sending to the mail, of those that have theirs in time."""
    waiting, found, until = dict(sent), [], time.monotonic() + PATIENCE
    while waiting and time.monotonic() < until:
        time.sleep(_LOOK)
        for lead_id, began in list(waiting.items()):
            page = trail.fetch(local, lead_id)
            mails = [event["at"] for event in page["events"] if event["type"] == "brief.sent"] if page else []
            if mails:
                found.append(datetime.fromisoformat(min(mails)).timestamp() - began)
                del waiting[lead_id]
    return found
