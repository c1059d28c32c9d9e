"""`precall status`: what the running system says of itself: version, alarms, dead letters, the last briefs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from cli.deployment import STACK, Deployment
from cli.redrive import DeadLetters
from precall.calls import DynamoCalls
from precall.errors import PrecallError
from precall.model.call import Call

LAST = 5
"""How many of the last briefs are named."""


@dataclass(frozen=True)
class Line:
    """One thing that was seen; `good` is None where nothing is judged."""

    said: str
    good: bool | None = None


def running(deployment: Deployment, now: datetime) -> Iterator[Line]:
    """What is deployed, then all that may need somebody; what these credentials may not see is said.

    Problem when nothing is deployed.
    """
    parameters = deployment.parameters()
    yield Line(f"API {deployment.api}")
    yield Line(f"version {parameters.get('Release') or 'not named'}, {parameters['Stage']}")
    if url := deployment.outputs().get("DashboardUrl"):
        yield Line(f"dashboard {url}")
    parts: tuple[Callable[[], Iterator[Line]], ...] = (
        lambda: alarms(deployment.client("cloudwatch")),
        lambda: dead_letters(DeadLetters(deployment)),
        lambda: last_briefs(DynamoCalls(deployment.table()), now),
    )
    for part in parts:
        try:
            yield from part()
        except (ClientError, BotoCoreError, PrecallError) as error:
            yield Line(f"this could not be looked at: {error}", good=False)


def alarms(client: Any) -> Iterator[Line]:
    """Each alarm that rings, with what to do; or how many do not."""
    pages = client.get_paginator("describe_alarms").paginate(AlarmNamePrefix=f"{STACK}-", AlarmTypes=["MetricAlarm"])
    found = [alarm for page in pages for alarm in page["MetricAlarms"]]
    ringing = [alarm for alarm in found if alarm["StateValue"] == "ALARM"]
    for alarm in ringing:
        yield Line(f"{alarm['AlarmName']} rings: {alarm['AlarmDescription']}", good=False)
    if not ringing:
        yield Line(f"none of {len(found)} alarms rings", good=True) if found else Line("no alarms are deployed")


def dead_letters(queues: DeadLetters) -> Iterator[Line]:
    """How many messages wait in each queue of last resort."""
    for queue, waiting in queues.counts().items():
        yield Line(f"{queue}: {waiting} dead letters" + ("; `precall redrive`" if waiting else ""), good=not waiting)


def last_briefs(calls: DynamoCalls, now: datetime) -> Iterator[Line]:
    """The newest briefs for calls of yesterday, today and tomorrow, by lead; no names."""
    today = now.astimezone(UTC).date()
    found = [call for day in range(-1, 2) for call in calls.on(today + timedelta(days=day))]
    sent = sorted((call for call in found if call.brief_at), key=_sent, reverse=True)
    for call in sent[:LAST]:
        yield Line(f"brief {_sent(call):%d %b %H:%M} UTC, lead {call.lead_id}: {call.state_at(now)}")
    if not sent:
        yield Line("no brief for a call of yesterday, today or tomorrow")


def _sent(call: Call) -> datetime:
    assert call.brief_at
    return call.brief_at
