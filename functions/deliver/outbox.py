"""Mails beside the briefs, each sent once: reminders, agendas, digests, links that sign in, what managers are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from deliver.addresses import Addresses
from deliver.mail import Mail
from deliver.once import Once
from deliver.ses import Mailer
from precall.errors import MailRefused
from precall.model._base import Model


class Mailed(Model):
    """A mail that is out, kept so that it goes once."""

    to: str
    message_id: str


@dataclass(frozen=True)
class Outbox:
    """Everything that it needs is a port."""

    mailer: Mailer
    once: Once[Mailed]
    addresses: Addresses

    def send(self, key: dict[str, str], to: str, write: Callable[[], Mail]) -> bool:
        """Mail to `to` what `write` makes, unless that was done under `key`; whether the mail is out.

        It is not, and will not be, where the address gets no mail or SES refuses it. Errors: StorageUnavailable,
        MailUnavailable (worth a redelivery).
        """

        def sent() -> Mailed:
            mail = write()
            return Mailed(to=mail.to, message_id=self.mailer.send(mail))

        if self.addresses.suppressed(to) is not None:
            return False
        try:
            self.once.send(key, sent)
        except MailRefused:
            return False
        return True
