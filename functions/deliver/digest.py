"""The figures of call prep in a mail to each manager, weekly or daily, on the manager's clock: those of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from deliver.digest_figures import told
from deliver.mail import Mail, plain_mail
from deliver.notice import templates
from deliver.outbox import Outbox
from precall.calls import Calls
from precall.clock import Clock
from precall.config import Manager
from precall.counting import Counting
from precall.figures import percent, prepared, week_of
from precall.tally import Group, Tally, margins, summed, tally_of

if TYPE_CHECKING:
    from precall.config import Config

LATEST = timedelta(hours=2)
"""How long after its time a digest still goes out, should nobody have run before."""
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_FRIDAY = 4


@dataclass(frozen=True)
class Digest:
    """Everything that it needs is a port; `public_url` is where the pages are."""

    calls: Calls
    counting: Counting[Tally]
    config: Callable[[], Config]
    outbox: Outbox
    public_url: str
    clock: Clock

    def send_due(self) -> int:
        """Mail every manager whose time it is, once a period; how many mails are out now.

        Errors: MailUnavailable, StorageUnavailable: the next run sends the others.
        """
        config, now = self.config(), self.clock()
        if config.mail.digest == "none":
            return 0
        return sum(self._send(config, manager, now) for manager in config.managers if is_due(config, manager, now))

    def _send(self, config: Config, manager: Manager, now: datetime) -> bool:
        day = now.astimezone(config.zone_of(manager)).date()
        weekly = config.mail.digest == "weekly"
        first, last = (week_of(day) - _WEEK, week_of(day) - _DAY) if weekly else _since_the_last(day)
        key = {"kind": "digest", "to": manager.email, "from": first.isoformat(), "until": last.isoformat()}
        return self.outbox.send(key, manager.email, lambda: self._mail(config, manager, now, first, last))

    def _mail(self, config: Config, manager: Manager, now: datetime, first: date, last: date) -> Mail:
        weekly = config.mail.digest == "weekly"
        groups, before = self._weeks(first, now) if weekly else (self._days(first, last, now), None)
        names = {str(rep.email): rep.name for rep in config.reps}
        period = f"{first:%d %b} to {last:%d %b %Y}" if first != last else f"{first:%A, %d %b %Y}"
        facts = {"team": config.team, "manager": manager.name, "period": period, **told(groups, before, names)}
        facts["link"] = f"{self.public_url}/manage/coverage"
        text, html = (templates().get_template(f"digest.{form}").render(facts) for form in ("txt", "html"))
        share = prepared(summed(group for group in groups if group.source))
        subject = (
            f"{percent(share)} of {share.whole} calls prepared, {period}" if share.whole else f"No calls, {period}"
        )
        return plain_mail(config, manager.email, "digest", subject, text, html)

    def _weeks(self, monday: date, now: datetime) -> tuple[list[Group], Group]:
        """The margins of a week, and the whole of the one before."""
        found = self.counting.weeks(monday - _WEEK, now, "margins").tallies
        before = summed(group for group in found.get(monday - _WEEK, Tally()).groups if group.source)
        return list(found.get(monday, Tally()).groups), before

    def _days(self, first: date, last: date, now: datetime) -> list[Group]:
        days = (first + _DAY * number for number in range((last - first).days + 1))
        calls = [call for day in days for call in self.calls.on(day)]
        return list(margins(tally_of(calls, now)).groups)


def is_due(config: Config, manager: Manager, now: datetime) -> bool:
    """Whether it is the digest's time on the manager's clock: on Mondays, or from Monday to Friday.

    The time is a wall clock's: where a clock change skips it, the moment after the change counts.
    """
    zone = config.zone_of(manager)
    local = now.astimezone(zone)
    due = datetime.combine(local.date(), config.mail.digest_at, tzinfo=zone).astimezone(UTC)
    last_weekday = 0 if config.mail.digest == "weekly" else _FRIDAY
    return local.weekday() <= last_weekday and timedelta(0) <= now - due < LATEST


def _since_the_last(day: date) -> tuple[date, date]:
    """The day before; on Mondays the three days since Friday."""
    return day - _DAY * (3 if day.weekday() == 0 else 1), day - _DAY
