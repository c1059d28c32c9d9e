"""The watch list: the accounts that are asked about again. How it is kept: `precall.watch_store`.

Whether an account is still worth a look is not kept: it is asked of its leads when its time has come, so that a moved
call, another rep or an erased lead need no change here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from precall.ids import derived_id
from precall.model import Account, Lead, Prospect


@dataclass(frozen=True)
class Watch:
    """An account on the list, for these leads or because a person put it there, who named its `owner` (an address)."""

    account: Account
    due_at: datetime
    leads: frozenset[str] = frozenset()
    owner: str | None = None

    @property
    def key(self) -> str:
        """The account's key."""
        return self.account.key

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.account.name or self.account.domain or ""


class Watches(Protocol):
    """The port. What is written is kept for `keep_days` from `now`."""

    def all(self) -> list[Watch]:
        """The whole list, what is due first in front."""

    def get(self, key: str) -> Watch | None:
        """The account with this key, if it is on the list."""

    def add(self, watch: Watch, now: datetime, keep_days: int) -> None:
        """Put an account on the list. One that is there keeps its time, and gets the leads and the owner as well."""

    def take(self, watch: Watch, due_at: datetime, now: datetime, keep_days: int) -> bool:
        """Set when an account that was read is due again; False when somebody else was faster, or it is gone."""

    def forget(self, watch: Watch, leads: frozenset[str]) -> None:
        """An account is no more watched for these leads."""

    def remove(self, watch: Watch) -> bool:
        """Take an account that was read off the list; False when it was changed or removed since."""


def subject_id(key: str) -> str:
    """Under which the looks at an account are researched, and their trail is kept."""
    return derived_id("watch", key)


def subject_of(account: Account, now: datetime) -> Lead:
    """What collect and rank read of whom they research: the account, and nobody at it."""
    about = subject_id(account.key)
    prospect = Prospect(account=account)
    return Lead(id=about, crm="listening", acquired_at=now, correlation_id=about, prospect=prospect)
