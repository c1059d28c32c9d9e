"""Sends leads as CRMs do: signed, sometimes twice or by a clock that is wrong, and again until they are taken."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import httpx

from bench.load_stack import REPS
from cli.demo import world_lead
from cli.deployment import Local
from cli.webhook import signed
from precall.clock import utc_now
from replay.world import companies

TWICE, SKEWED = 0.1, 0.05
"""Shares of deliveries that come twice, and that are signed by a clock a quarter of an hour off at first."""
TRIES = 12
_CALL = timedelta(minutes=49)
"""Briefs are due at once, and no last look is."""


@dataclass(frozen=True)
class Delivery:
    """One webhook: the same body and id however often it is sent."""

    payload: dict[str, Any]
    message_id: str


@dataclass
class Sender:
    """Sends deliveries, and knows which leads were accepted, when (monotonic), and how often a try was refused."""

    local: Local
    secret: str
    random: Random
    accepted: dict[str, float] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    deliveries: list[Delivery] = field(default_factory=list)

    def new(self, number: int) -> Delivery:
        """A lead about one of the replay web's companies, for one of the reps."""
        company = sorted(companies)[number % len(companies)]
        owner, call_at = f"rep{number % REPS}@seller.example", (utc_now() + _CALL).isoformat()
        made = Delivery(world_lead(company, owner=owner, call_at=call_at), f"msg_{uuid4().hex}")
        self.deliveries.append(made)
        return made

    def send(self, delivery: Delivery) -> None:
        """Until it is taken, as a CRM does: the same again after a failure, signed anew."""
        skewed, twice = self.random.random() < SKEWED, self.random.random() < TWICE
        for attempt in range(TRIES):
            wrong = 900 if skewed and attempt == 0 else self.random.randint(-200, 200)
            answers = [self._post(delivery, wrong) for _ in range(2 if twice else 1)]
            if True in [self._taken(answer) for answer in answers]:
                return
            time.sleep(min(2**attempt / 4, 8))
        raise RuntimeError(f"a delivery was not taken in {TRIES} tries: {dict(self.refused)}")

    def _taken(self, answer: httpx.Response | None) -> bool:
        if answer is None or not answer.is_success:
            self.refused[answer.status_code if answer is not None else 0] += 1
            return False
        self.accepted.setdefault(str(answer.json()["accepted"][0]["id"]), time.monotonic())
        return True

    def _post(self, delivery: Delivery, wrong: int) -> httpx.Response | None:
        at = utc_now() + timedelta(seconds=wrong)
        headers, body = signed(self.secret, delivery.payload, delivery.message_id, at)
        try:
            url = f"{self.local.api}/webhooks/generic"
            return httpx.post(url, headers=headers, content=body, timeout=40, trust_env=False)
        except httpx.HTTPError:
            return None
