"""New stories about a rep's accounts, in one mail: what waits goes together, each story once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from deliver.addresses import Addresses
from deliver.mail import Mail, plain_mail
from deliver.notice import templates
from deliver.once import Once
from deliver.ses import Mailer
from precall.alerts import Alert, Alerts
from precall.at_work import colleague, may_be_told
from precall.bus import Bus
from precall.clock import Clock
from precall.config import Rep
from precall.events import StoryAlerted
from precall.links import Links
from precall.locales import locale_of
from precall.model._base import Model
from precall.post import AlertsAsked

if TYPE_CHECKING:
    from precall.config import Config

MOST = 20
"""Alerts in one mail; the others wait for the next."""
STILL_GOOD = timedelta(minutes=30)
"""How long a wish holds that came when the rep might be told; a redriven one may come in the rep's night."""
_MADE = {"lead": "A lead was made of it", "activity": "It counts as an activity of the account"}


class AlertsMailed(Model):
    """A mail with alerts that is out, kept so that it goes once."""

    to: str
    message_id: str
    alerts: tuple[str, ...]


@dataclass(frozen=True)
class AlertMails:
    """Everything that it needs is a port."""

    alerts: Alerts
    config: Callable[[], Config]
    links: Callable[[], Links]
    bus: Bus
    mailer: Mailer
    once: Once[AlertsMailed]
    addresses: Addresses
    clock: Clock

    def send(self, wish: AlertsAsked) -> int:
        """Mail what waits for the rep; how many stories. 0 where nothing waits, the day's mails are out, the rep has
        gone home, is not in the team any more, or takes no mail.

        The record of the mail is kept under the oldest alert in it, until which has left the queue no other mail can
        hold the same ones. MailRefused, MailUnavailable, StorageUnavailable, BusUnavailable: the queue brings it again.
        """
        config, now = self.config(), self.clock()
        rep = colleague(config, wish.to)
        if rep is None or self.addresses.suppressed(rep.email):
            return 0
        if now - wish.at > STILL_GOOD and not may_be_told(config, rep, now):
            return 0
        day, waiting = now.astimezone(rep.zone).date(), self.alerts.waiting(rep.email)[:MOST]
        if not waiting or self.alerts.mails(rep.email, day) >= config.listening.mails_a_day:
            return 0
        key = {"kind": "alerts", "to": rep.email.casefold(), "first": waiting[0].id}
        mailed = self.once.send(key, lambda: self._sent(rep, waiting))
        out = [alert for alert in waiting if alert.id in mailed.alerts]
        self.bus.publish(*(self._told(alert, mailed) for alert in out))
        self.alerts.mailed(rep.email, mailed.alerts, day)
        return len(out)

    def _sent(self, rep: Rep, alerts: list[Alert]) -> AlertsMailed:
        message_id = self.mailer.send(self._mail(rep, alerts))
        return AlertsMailed(to=rep.email, message_id=message_id, alerts=tuple(alert.id for alert in alerts))

    def _told(self, alert: Alert, mailed: AlertsMailed) -> StoryAlerted:
        return StoryAlerted(
            lead_id=alert.lead_id,
            correlation_id=alert.correlation_id,
            at=self.clock(),
            research_id=alert.research_id,
            story=alert.story,
            to=mailed.to,
            message_id=mailed.message_id,
            instead=alert.instead,
        )

    def _mail(self, rep: Rep, alerts: list[Alert]) -> Mail:
        config, best_first = self.config(), sorted(alerts, key=lambda alert: (-alert.score, alert.id))
        told = [self._shown(alert, rep) for alert in best_first]
        whose = "the team's" if all(alert.instead for alert in alerts) else "yours"
        facts = {"team": config.team, "rep": rep.name, "whose": whose, "stories": told}
        text, html = (templates().get_template(f"alerts.{form}").render(facts) for form in ("txt", "html"))
        return plain_mail(config, rep.email, "alerts", _subject(best_first), text, html)

    def _shown(self, alert: Alert, rep: Rep) -> dict[str, object]:
        day = alert.published and locale_of(rep.time_zone, rep.locale).weekday(alert.published, year=False)
        return {
            "account": alert.account,
            "headline": alert.headline,
            "quote": alert.quote if alert.quote != alert.headline else None,
            "url": alert.url,
            "where": ", ".join(alert.outlets) + (f" · {day}" if day else ""),
            "because": "; ".join(alert.because),
            "sensitive": alert.sensitive,
            "watched": alert.watched,
            "instead": alert.instead,
            "did": _MADE.get(alert.did or ""),
            "link": self._link(alert),
        }

    def _link(self, alert: Alert) -> str | None:
        """A rep's opens the brief as the rep; a manager signs in."""
        if alert.call is None:
            return None
        links = self.links()
        return (links.for_who_signs_in if alert.instead else links.to_lead)(alert.call, "/brief")


def _subject(alerts: list[Alert]) -> str:
    best = alerts[0]
    first = best.headline if best.account.casefold() in best.headline.casefold() else f"{best.account}: {best.headline}"
    more = len(alerts) - 1
    return f"{first} (and {more} more {'story' if more == 1 else 'stories'})" if more else first
