"""The day's calls in one mail, on each rep's morning; an honest line when there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from deliver.mail import Mail, plain_mail
from deliver.notice import templates
from deliver.outbox import Outbox
from precall.calls import Calls, days_of
from precall.clock import Clock
from precall.config import WEEKDAYS, Rep
from precall.links import Links
from precall.model.call import Call

if TYPE_CHECKING:
    from precall.config import Config

LATEST = timedelta(hours=2)
"""How long after its time an agenda still goes out, should nobody have run before."""
_SAYS = {
    "acknowledged": "prepared",
    "briefed": "the brief was sent",
    "preparing": "the brief comes before the call",
    "late": "the brief came late",
    "failed": "there is no brief",
    "missing": "there is no brief",
}


@dataclass(frozen=True)
class Agenda:
    """Everything that it needs is a port."""

    calls: Calls
    config: Callable[[], Config]
    links: Callable[[], Links]
    outbox: Outbox
    clock: Clock

    def send_due(self) -> int:
        """Mail every rep whose morning it is, once a day; how many mails are out now.

        Errors: MailUnavailable, StorageUnavailable: the next run sends the others.
        """
        config, now = self.config(), self.clock()
        if not config.mail.agenda:
            return 0
        return sum(self._send(config, rep, now) for rep in config.reps if is_due(config, rep, now))

    def _send(self, config: Config, rep: Rep, now: datetime) -> bool:
        day = now.astimezone(rep.zone).date()
        key = {"kind": "agenda", "to": rep.email, "day": day.isoformat()}
        return self.outbox.send(key, rep.email, lambda: self._mail(config, rep, now, day))

    def _mail(self, config: Config, rep: Rep, now: datetime, day: date) -> Mail:
        start, end = days_of(day, rep.zone)
        found = [call for utc_day in sorted({start.date(), end.date()}) for call in self.calls.on(utc_day)]
        mine = [call for call in found if _is_theirs(call, rep) and start <= call.call_at < end]
        facts = {"team": config.team, "rep": rep.name, "day": f"{day:%A, %d %B}", "calls": self._lines(mine, rep, now)}
        text, html = (templates().get_template(f"agenda.{form}").render(facts) for form in ("txt", "html"))
        subject = f"{len(mine) or 'No'} {'call' if len(mine) == 1 else 'calls'} today, {day:%a %d %b}"
        return plain_mail(config, rep.email, "agenda", subject, text, html)

    def _lines(self, calls: list[Call], rep: Rep, now: datetime) -> list[dict[str, str]]:
        links = self.links()
        return [
            {
                "at": f"{call.call_at.astimezone(rep.zone):%H:%M}",
                "who": f"{call.contact} ({call.who})" if call.contact else call.who,
                "says": _SAYS[call.state_at(now)],
                "link": links.to_lead(call.lead_id, "/brief" if call.brief_at else ""),
            }
            for call in calls
        ]


def is_due(config: Config, rep: Rep, now: datetime) -> bool:
    """Whether it is the agenda's time on the rep's clock, on one of their working days.

    The time is a wall clock's: where a clock change skips it, the moment after the change counts.
    """
    local = now.astimezone(rep.zone)
    due = datetime.combine(local.date(), config.mail.agenda_at, tzinfo=rep.zone).astimezone(UTC)
    return WEEKDAYS[local.weekday()] in rep.hours.days and timedelta(0) <= now - due < LATEST


def _is_theirs(call: Call, rep: Rep) -> bool:
    return call.rep.casefold() == rep.email.casefold() and not call.cancelled
