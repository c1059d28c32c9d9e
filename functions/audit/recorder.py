"""Appends what happened to the lead's trail, once per event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from precall.config import Config
from precall.events import AnyEvent
from precall.facts import Facts


@dataclass(frozen=True)
class Recorder:
    """The trail's only writer."""

    facts: Facts
    config: Callable[[], Config]

    def record(self, event: AnyEvent) -> bool:
        """Whether `event` was new. It is kept for `retention.trail` days. Errors: StorageUnavailable."""
        return self.facts.append(event, self.config().retention.trail)
