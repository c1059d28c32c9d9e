"""Alerts: stories of which a rep is to be told, when the rep may be. How they wait: `precall.alert_store`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from precall.clock import UtcDatetime
from precall.emails import EmailStr
from precall.model._base import Model
from precall.model.signal_kind import SignalKind


class Alert(Model):
    """A story of which a rep is to be told. `headline` and `quote` are verbatim, `because` says why it ranks, `watched`
    why the account is listened to, `did` what became of it; `published` is a day on the rep's clock, `call` the lead
    whose call it is for, `lead_id` where the looks at the account are recorded. `instead`: why a manager is told, and
    no rep."""

    id: str
    to: EmailStr
    account_key: str
    account: str
    headline: str
    quote: str | None = None
    url: str
    outlets: tuple[str, ...] = ()
    published: date | None = None
    because: tuple[str, ...] = ()
    signal: SignalKind | None = None
    sensitive: str | None = None
    watched: str
    instead: str | None = None
    did: str | None = None
    call: str | None = None
    score: float
    heard_at: UtcDatetime
    lead_id: str
    research_id: str
    correlation_id: str
    story: str


class HandOver(Protocol):
    """The port of who gives alerts to others."""

    def waiting(self, rep: str) -> list[Alert]:
        """The alerts that wait for a rep, the oldest first."""

    def hand_over(self, alert: Alert, copies: Sequence[Alert]) -> None:
        """Let `copies`, for others, wait in place of an alert; where that waits no more, they do not either."""


class Alerts(Protocol):
    """The port of who mails them."""

    def waiting(self, rep: str) -> list[Alert]:
        """The alerts that wait for a rep, the oldest first."""

    def unasked(self, rep: str, day: date) -> list[Alert]:
        """Those of them that nobody was asked to mail on this day."""

    def asked(self, alerts: Sequence[Alert], day: date) -> None:
        """Somebody was asked to mail these on this day."""

    def mails(self, rep: str, day: date) -> int:
        """How many mails with alerts the rep got on a day of theirs."""

    def mailed(self, rep: str, ids: Sequence[str], day: date) -> None:
        """A mail with these alerts is out: they wait no more. Twice counts once."""
