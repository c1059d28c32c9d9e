"""Alerts that wait are asked to be mailed, all of a rep's at once, when the rep may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from precall.alerts import Alerts
from precall.at_work import colleagues, may_be_told
from precall.clock import Clock
from precall.post import AlertsAsked, Post

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class Digests:
    """Asks deliver. Errors: StorageUnavailable, MailUnavailable, InvalidConfiguration."""

    alerts: Alerts
    post: Post
    config: Callable[[], Config]
    clock: Clock

    def ask(self) -> int:
        """How many colleagues' alerts were asked for. What deliver could not mail is among its dead letters; here the
        same alerts are asked for again on another day only."""
        config, now, asked = self.config(), self.clock(), 0
        if not config.listening.on:
            return 0
        for rep in colleagues(config):
            if not may_be_told(config, rep, now):
                continue
            day = now.astimezone(rep.zone).date()
            if waiting := self.alerts.unasked(rep.email, day):
                self.post.ask(AlertsAsked(to=rep.email, at=now))
                self.alerts.asked(waiting, day)
                asked += 1
        return asked
