"""In-memory stand-ins for the ports of listening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from threading import Lock

from precall.alerts import Alert
from precall.deals import Deal
from precall.errors import MailUnavailable
from precall.post import Wish
from precall.told import Told
from precall.watches import Watch


class FakeWatches:
    """`precall.watches.Watches` in a dict; each change is one step, as DynamoDB's conditional write is."""

    def __init__(self) -> None:
        self.known: dict[str, Watch] = {}
        self._lock = Lock()

    def all(self) -> list[Watch]:
        return sorted(self.known.values(), key=lambda watch: (watch.due_at, watch.key))

    def get(self, key: str) -> Watch | None:
        return self.known.get(key)

    def add(self, watch: Watch, now: datetime, keep_days: int) -> None:
        held = self.known.get(watch.key, watch)
        leads, owner = held.leads | watch.leads, watch.owner or held.owner
        self.known[watch.key] = replace(watch, due_at=held.due_at, leads=leads, owner=owner)

    def take(self, watch: Watch, due_at: datetime, now: datetime, keep_days: int) -> bool:
        with self._lock:
            held = self.known.get(watch.key)
            if held is None or held.due_at != watch.due_at:
                return False
            self.known[watch.key] = replace(held, due_at=due_at)
            return True

    def forget(self, watch: Watch, leads: frozenset[str]) -> None:
        if held := self.known.get(watch.key):
            self.known[watch.key] = replace(held, leads=held.leads - leads)

    def remove(self, watch: Watch) -> bool:
        held = self.known.get(watch.key)
        if held is None or (held.due_at, held.leads) != (watch.due_at, watch.leads):
            return False
        return self.known.pop(watch.key) is held


class FakeDeals:
    """`precall.deals.Deals` in a dict."""

    def __init__(self) -> None:
        self.said: dict[tuple[str, str], tuple[datetime, Deal]] = {}

    def note(self, lead_id: str, record: str, deal: Deal, at: datetime, keep_days: int) -> bool:
        held = self.said.get((lead_id, record))
        if held and held[0] > at:
            return False
        self.said[lead_id, record] = (at, deal)
        return True

    def of(self, lead_id: str) -> frozenset[Deal]:
        return frozenset(deal for (one, _), (_, deal) in self.said.items() if one == lead_id)


class FakeAlerts:
    """`precall.alerts.Alerts` in lists."""

    def __init__(self, *alerts: Alert) -> None:
        self.held = list(alerts)
        self.days: dict[str, date] = {}
        self.counted: Counter[tuple[str, date]] = Counter()

    def waiting(self, rep: str) -> list[Alert]:
        mine = [alert for alert in self.held if alert.to.casefold() == rep.casefold()]
        return sorted(mine, key=lambda alert: (alert.heard_at, alert.id))

    def hand_over(self, alert: Alert, copies: Sequence[Alert]) -> None:
        if alert in self.held:
            self.held.remove(alert)
            self.held += copies

    def unasked(self, rep: str, day: date) -> list[Alert]:
        return [alert for alert in self.waiting(rep) if self.days.get(alert.id) != day]

    def asked(self, alerts: Sequence[Alert], day: date) -> None:
        self.days.update({alert.id: day for alert in alerts})

    def mails(self, rep: str, day: date) -> int:
        return self.counted[rep.casefold(), day]

    def mailed(self, rep: str, ids: Sequence[str], day: date) -> None:
        if any(alert.id in ids for alert in self.held):
            self.counted[rep.casefold(), day] += 1
        self.held = [alert for alert in self.held if alert.id not in ids]


class FakeTold:
    """`precall.told.ToldStories` in a dict; alerts wait together with the memory. `faster` others come first."""

    def __init__(self, alerts: FakeAlerts) -> None:
        self.alerts = alerts
        self.known: dict[str, tuple[int, Told]] = {}
        self.faster = 0

    def read(self, key: str) -> tuple[int, Told]:
        return self.known.get(key, (0, Told()))

    def keep(self, key: str, told: Told, version: int, alerts: Sequence[Alert], keep_days: int) -> bool:
        if self.faster:
            self.faster -= 1
            self.known[key] = (version + 1, self.read(key)[1])
            return False
        if self.read(key)[0] != version:
            return False
        self.known[key] = (version + 1, told)
        self.alerts.held += alerts
        return True


class FakePost:
    """`precall.post.Post` that remembers; set `down` to make it fail."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.down = False

    def ask(self, wish: Wish) -> None:
        if self.down:
            raise MailUnavailable("the queue is down")
        self.wishes.append(wish)
