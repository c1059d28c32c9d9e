"""Appends what happened to the lead's trail, once per event, and keeps the lead's call as managers see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.call import call_of
from audit.record import record_of
from audit.touching import is_touch, touches_of
from precall.calls import Calls
from precall.clock import Clock
from precall.errors import LeadNotFound
from precall.events import Event
from precall.facts import Facts
from precall.touches import TouchBook

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Recorder:
    """The trail's only writer."""

    facts: Facts
    calls: Calls
    touches: TouchBook
    config: Callable[[], Config]
    clock: Clock

    def record(self, event: Event) -> bool:
        """Whether `event` was new. It is kept for `retention.trail` days. Errors: StorageUnavailable.

        The call is made anew from the whole trail, also for an event that was known: a second try mends what a first
        one did not come to.
        """
        keep_days = self.config().retention.trail
        new = self.facts.append(event, keep_days)
        try:
            record = record_of(self.facts, event.lead_id)
        except LeadNotFound:  # erased: there is no call to show
            return new
        call = call_of(record, self.clock())
        if call:
            self.calls.put(call, len(record.events), keep_days)
        if record.lead and record.lead.prospect and is_touch(event):
            key, touches = record.lead.prospect.key, touches_of(record)
            self.touches.put(key, record.title, touches, len(record.events), event.at, keep_days)
        return new
