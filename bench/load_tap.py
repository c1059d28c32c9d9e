"""Hears all that is said on the bus, and says some of it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from bench.load_stack import Stage
from precall.bus import SOURCE

ENDS = {"brief.sent", "brief.missed", "brief.relayed", "lead.rejected"}
BEGIN, WRITTEN = ("lead.assigned", "research.asked"), ("brief.ready", "research.failed")
SHORT = 60.0
"""Seconds that a research takes at most."""


class Tap:
    """Hears every event on the bus, through a queue of its own, and can say one again."""

    def __init__(self, made: Stage) -> None:
        self._sqs, self._events = made.local.client("sqs"), made.local.client("events")
        self._bus = made.local.outputs()["BusName"]
        self._queue = self._sqs.create_queue(QueueName="bench-tap")["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self._queue, AttributeNames=["QueueArn"])["Attributes"][
            "QueueArn"
        ]
        rule = {"Name": "bench-tap", "EventBusName": self._bus}
        self._events.put_rule(**rule, EventPattern=json.dumps({"source": [SOURCE]}))
        self._events.put_targets(Rule=rule["Name"], EventBusName=self._bus, Targets=[{"Id": "tap", "Arn": arn}])

    def heard(self) -> Iterator[dict[str, Any]]:
        """What was said since."""
        while found := self._sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages"):
            entries = [{"Id": str(n), "ReceiptHandle": one["ReceiptHandle"]} for n, one in enumerate(found)]
            self._sqs.delete_message_batch(QueueUrl=self._queue, Entries=entries)
            for message in found:
                event = json.loads(message["Body"])
                if isinstance(event["detail"].get("lead_id"), str):
                    yield event

    def say(self, event: dict[str, Any]) -> None:
        """Put it on the bus again, as its step would."""
        entry = {"EventBusName": self._bus, "Source": SOURCE, "DetailType": event["detail-type"]}
        self._events.put_events(Entries=[{**entry, "Detail": json.dumps(event["detail"])}])


@dataclass
class Told:
    """What the bus said: every event, the leads with a rep, or an end, and when; the researches begun, and written."""

    events: list[dict[str, Any]] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    begun: dict[str, float] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    ended: dict[str, float] = field(default_factory=dict)
    last: float = 0

    def hear(self, event: dict[str, Any]) -> bool:
        """Take note of it; whether it was not heard before."""
        kind, lead, now = event["detail-type"], event["detail"]["lead_id"], monotonic()
        said = json.dumps(event["detail"], sort_keys=True)
        if said in self.heard:
            return False
        self.heard.add(said)
        self.events.append(event)
        self.last = now
        research = event["detail"].get("research_id", "")
        if kind in BEGIN and research not in self.written:
            self.begun[research] = now
        if kind in WRITTEN:
            self.written.add(research)
            self.begun.pop(research, None)
        if kind == "lead.assigned":
            self.assigned.add(lead)
        if kind in ENDS:
            self.ended.setdefault(lead, now)
        return True

    @property
    def researching(self) -> int:
        """Those that began a short while ago and have not come to their end; one that had its end is not done again."""
        return sum(monotonic() - at < SHORT for at in self.begun.values())
