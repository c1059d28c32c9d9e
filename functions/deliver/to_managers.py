"""One mail to each manager, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deliver.addresses import Addresses
from deliver.mail import Mail
from deliver.manager_mail import ManagerMail
from deliver.once import Once
from deliver.ses import Mailer
from precall.config import Manager
from precall.errors import MailRefused

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class ToManagers:
    """Mails those whose address takes mail. Errors: StorageUnavailable, MailUnavailable (worth a redelivery)."""

    config: Callable[[], Config]
    mailer: Mailer
    once: Once[ManagerMail]
    addresses: Addresses

    def tell(self, about: dict[str, str], write: Callable[[Manager], Mail]) -> None:
        """The mail that `write` makes, once for what it is `about` and each manager."""
        for manager in self.config().managers:
            if self.addresses.suppressed(manager.email) is None:
                self._told({**about, "to": manager.email}, manager, write)

    def _told(self, key: dict[str, str], manager: Manager, write: Callable[[Manager], Mail]) -> None:
        def send() -> ManagerMail:
            return ManagerMail(to=manager.email, message_id=self.mailer.send(write(manager)))

        try:
            self.once.send(key, send)
        except MailRefused:  # the trail has it, and the other managers are told
            return
