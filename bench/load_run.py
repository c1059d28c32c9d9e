"""The course of `bench load`: leads in bad weather, SES out for a while, poison, redrives, and everything once more."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.load_sender import Sender
from bench.load_stack import Stage
from bench.load_tap import Tap, Told
from cli.redrive import DeadLetters
from precall.secrets import GENERIC_WEBHOOK

RESEARCHING, OPEN, CROWD = 4, 60, 60
"""Researches under way, leads without an end, and messages that wait in the queues, beyond which nothing further is
sent for the moment: what one machine cannot keep up with would die of waiting, and nothing is learnt from that."""
AGAIN, LATER, COSTLY = 0.2, 20.0, {"lead.acquired", "lead.assigned"}
"""Share of events that are said again, once and within so many seconds; those that start a research more seldom."""
OUT_AT, OUT_FOR, LETTERS = 0.6, 120.0, 2
"""SES is out from that share of leads on, until so many letters are dead, for so many seconds at most."""
POISON = (
    "poison, no JSON",
    '{"detail": {"type": "poison"}}',
    '{"source": "precall", "detail-type": "poison", "detail": {"version": 1, "type": "brief.ready", "stories": 0, '
    '"lead_id": "poison", "research_id": "r", "correlation_id": "c", "at": "2026-01-01T00:00:00Z"}}',
)
"""What is no JSON, of no kind, and about a lead that nobody knows, which for the trail is an event like any other."""


@dataclass
class Run:
    """One run of so many leads on a stage, as far as they can be sent in so many minutes. `tick` is called again and
    again."""

    made: Stage
    leads: int
    minutes: float
    seed: int
    tick: Callable[[], object]
    told: Told = field(default_factory=Told)
    later: list[tuple[float, int, dict[str, Any]]] = field(default_factory=list)
    poisons: int = 0
    dead: int = 0
    counted: tuple[float, int] = (0.0, 0)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.sender = Sender(self.made.local, self.made.home.secrets()[GENERIC_WEBHOOK], Random(self.seed))
        self.tap = Tap(self.made)
        self._sqs, self._queues = self.made.local.client("sqs"), list(self.made.queues.values())
        self.letters = DeadLetters(self.made.local)

    def load(self) -> None:
        """Send all leads, with everything that goes wrong meanwhile."""
        self._poison()
        out_at, sent = int(self.leads * OUT_AT), list[Future[None]]()
        end = time.monotonic() + self.minutes * 60
        with ThreadPoolExecutor(4) as pool:
            while len(sent) < self.leads and time.monotonic() < end:
                self._step()
                if self._may_send(len(sent)):
                    sent.append(pool.submit(self.sender.send, self.sender.new(len(sent))))
                if len(sent) == out_at:
                    out_at = -1
                    self._out()
            for one in sent:
                one.result()

    def finish(self) -> None:
        """Wait for the ends; then mend, and redrive as an operator does, until only poison is dead."""
        self._until(self._all_ended, patience=60)
        self.made.calm()
        self._until(self._all_ended, patience=60)
        for _ in range(5):
            self.redrive()
            self._until(lambda: self._all_ended() and self._idle(12), patience=90)
            if self._all_ended() and sum(self.letters.counts().values()) <= self.poisons:
                return

    def redrive(self) -> None:
        """`precall redrive`."""
        waiting = list(self.letters.take())
        self.dead = max(self.dead, len(waiting))
        for letter in waiting:
            self.letters.redrive(letter)

    def again(self, share: float) -> None:
        """All deliveries come again, and all that was said of a share of the leads, in any order."""
        with ThreadPoolExecutor(4) as pool:
            sent = [pool.submit(self.sender.send, one) for one in self.sender.deliveries]
            self._until(lambda: all(one.done() for one in sent), patience=600)
        chosen = {lead for lead in self.sender.accepted if self.random.random() < share}
        said = [event for event in self.told.events if event["detail"]["lead_id"] in chosen]
        self.random.shuffle(said)
        for event in said:
            self._until(lambda: self.told.researching < RESEARCHING and self._waiting() <= CROWD, patience=300)
            self.tap.say(event)
            self.tick()
        self._until(lambda: self._idle(15) and not self._waiting(), patience=300)
        self._until(lambda: sum(self.letters.counts().values()) == self.poisons, patience=90)

    def _may_send(self, sent: int) -> bool:
        begun = self.told.researching + sent - len(self.told.assigned)
        return begun < RESEARCHING and sent - len(self.told.ended) < OPEN and self._waiting() <= CROWD

    def _waiting(self) -> int:
        """How much waits in the queues; counted once in two seconds."""
        if time.monotonic() - self.counted[0] > 2:
            name = "ApproximateNumberOfMessages"
            answers = [self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name]) for url in self._queues]
            self.counted = time.monotonic(), sum(int(answer["Attributes"][name]) for answer in answers)
        return self.counted[1]

    def _out(self) -> None:
        self.made.aws.out = frozenset({"ses"})
        end = time.monotonic() + OUT_FOR
        self._until(lambda: self.letters.counts()["deliver"] >= LETTERS or time.monotonic() > end, patience=OUT_FOR)
        self.made.aws.out = frozenset()

    def _poison(self) -> None:
        for name, url in self.made.queues.items():
            for body in POISON[:2] if name == "AuditQueue" else POISON:
                self._sqs.send_message(QueueUrl=url, MessageBody=body)
                self.poisons += 1

    def _step(self) -> None:
        """Hear what was said, say some of it again, and go on."""
        now = time.monotonic()
        for event in self.tap.heard():
            new, rarely = self.told.hear(event), 4 if event["detail-type"] in COSTLY else 1
            if new and self.made.aws.rough and self.random.random() < AGAIN / rarely:
                heapq.heappush(self.later, (now + self.random.uniform(0, LATER), len(self.told.events), event))
        while self.later and self.later[0][0] <= now:
            self.tap.say(heapq.heappop(self.later)[2])
        self.tick()
        time.sleep(0.05)

    def _until(self, done: Callable[[], bool], patience: float) -> None:
        """Go on until it is done, or nothing new was said for so many seconds."""
        self.told.last = time.monotonic()
        while not done() and not self._idle(patience):
            self._step()
            time.sleep(0.2)

    def _all_ended(self) -> bool:
        return self.sender.accepted.keys() <= self.told.ended.keys()

    def _idle(self, seconds: float) -> bool:
        return time.monotonic() - self.told.last > seconds
