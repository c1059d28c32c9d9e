"""The schedule: accounts whose time has come are asked about again, each by one run however many run at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from listen.interest import CUSTOMER, Interest, interest_in
from precall.bus import Bus
from precall.clock import Clock
from precall.deals import Deals
from precall.errors import BusUnavailable
from precall.events import LookAsked
from precall.facts import Facts
from precall.ids import derived_id
from precall.model import Lead
from precall.watches import Watch, Watches, subject_of

if TYPE_CHECKING:
    from precall.config import Config

SPREAD = 0.1
"""By which share of the interval two accounts drift apart: who came onto the list together is not asked together."""


@dataclass(frozen=True)
class Looking:
    """Takes due accounts. Errors: StorageUnavailable, BusUnavailable, InvalidConfiguration."""

    facts: Facts
    deals: Deals
    watches: Watches
    bus: Bus
    config: Callable[[], Config]
    clock: Clock

    def look(self) -> int:
        """Ask about the accounts that are due, the longest overdue first, at most `at_once`; how many. Those that are
        worth no look any more, or must not be researched, leave the list."""
        config, now = self.config(), self.clock()
        if not config.listening.on:
            return 0
        due = [watch for watch in self._listed(config, now) if watch.due_at <= now]
        taken = [
            (watch, *found) for watch in due[: config.listening.at_once] if (found := self._taken(watch, config, now))
        ]
        try:
            self.bus.publish(*(event for _, _, event in taken))
        except BusUnavailable:
            self._give_back(taken, config, now)
            raise
        return len(taken)

    def _listed(self, config: Config, now: datetime) -> list[Watch]:
        """The list, with the accounts that the settings name and that it lacks."""
        listed = self.watches.all()
        known = {watch.key for watch in listed}
        named = {one.account.key: Watch(one.account, now) for one in config.listening.accounts}
        fresh = [watch for key, watch in named.items() if key not in known]
        for watch in fresh:
            self.watches.add(watch, now, config.retention.documents)
        return [*listed, *fresh]

    def _taken(self, watch: Watch, config: Config, now: datetime) -> tuple[Watch, LookAsked] | None:
        interest, subject = interest_in(watch, self.facts, self.deals, config, now), subject_of(watch.account, now)
        if interest is None or self.facts.suppressed(subject):
            self.watches.remove(watch)
            return None
        keep_days = config.retention.documents
        again = Watch(watch.account, next_look(watch, config.listening.every_hours, now), watch.leads, watch.owner)
        if not self.watches.take(watch, again.due_at, now, keep_days):
            return None
        self.watches.forget(watch, interest.over)
        subject = _for_call(subject, interest)
        self.facts.add_lead(subject, keep_days)
        self.facts.complete_lead(subject)
        return again, _asked(subject, watch, interest, now)

    def _give_back(self, taken: list[tuple[Watch, Watch, LookAsked]], config: Config, now: datetime) -> None:
        for watch, again, _ in taken:
            self.watches.take(again, watch.due_at, now, config.retention.documents)


def next_look(watch: Watch, every_hours: float, now: datetime) -> datetime:
    """When an account that is asked about now is due again: after the interval, a little more or less by its key."""
    share = int(watch.key.replace("-", "")[:4], 16) / 0xFFFF  # even over accounts, always the same for one
    return (now + timedelta(hours=every_hours * (1 + SPREAD * (2 * share - 1)))).replace(microsecond=0)


def _for_call(subject: Lead, interest: Interest) -> Lead:
    """With what the newest lead says of the call: it decides what a story is worth."""
    if interest.lead is None:
        return subject
    said = {name: getattr(interest.lead, name) for name in ("purpose", "product_line", "stage", "customer")}
    return subject.model_copy(update=said | ({"customer": True} if interest.because == CUSTOMER else {}))


def _asked(subject: Lead, watch: Watch, interest: Interest, now: datetime) -> LookAsked:
    research_id = derived_id("look", watch.key, watch.due_at.isoformat())
    return LookAsked(
        lead_id=subject.id, correlation_id=research_id, at=now, research_id=research_id, because=interest.because
    )
