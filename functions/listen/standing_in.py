"""Who is told where nobody in the team owns an account, its rep having left it: the managers, and why they."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from listen.interest import Interest
from precall.alerts import HandOver
from precall.watches import Watch

if TYPE_CHECKING:
    from precall.config import Config

MOST = 9
"""Managers who are told: the alerts of a look are one transaction of at most a hundred writes."""


@dataclass(frozen=True)
class StandIns:
    """The managers' addresses, and the reason in words; none of either where a rep is told or there is no manager."""

    addresses: tuple[str, ...] = ()
    reason: str | None = None


def stand_ins(interest: Interest, config: Config) -> StandIns:
    """Those for an account."""
    addresses = tuple(manager.email for manager in config.managers)[:MOST]
    if interest.rep or not addresses:
        return StandIns()
    owner = interest.owner
    return StandIns(addresses, f"{owner} is not in the team any more" if owner else "no rep has the account")


def hand_over(watch: Watch, interest: Interest, instead: StandIns, alerts: HandOver) -> None:
    """Let those alerts about an account that wait for a rep who has left wait for the managers. StorageUnavailable."""
    if not (interest.owner and instead.addresses):
        return
    for alert in alerts.waiting(interest.owner):
        if alert.account_key == watch.key:
            changes = ({"to": address, "instead": instead.reason} for address in instead.addresses)
            alerts.hand_over(alert, [alert.model_copy(update=change) for change in changes])
