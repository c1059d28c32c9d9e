"""One mail to each manager, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from deliver.mail import Mail
from deliver.outbox import Outbox
from precall.config import Manager

if TYPE_CHECKING:
    from precall.config import Config


@dataclass(frozen=True)
class ToManagers:
    """Mails those whose address takes mail. Errors: StorageUnavailable, MailUnavailable (worth a redelivery)."""

    config: Callable[[], Config]
    outbox: Outbox

    def tell(self, about: dict[str, str], write: Callable[[Manager], Mail]) -> None:
        """The mail that `write` makes, once for what it is `about` and each manager; one who refuses it keeps it from
        no other."""
        for manager in self.config().managers:
            self.outbox.send({**about, "to": manager.email}, manager.email, partial(write, manager))
