"""Why an account is listened to, and who is told: asked anew each time, of its leads and of the settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from precall.at_work import colleague
from precall.config import Rep
from precall.deals import Deal, Deals
from precall.errors import LeadNotFound
from precall.facts import Facts
from precall.listening_settings import Listening
from precall.model import Assignment, Lead
from precall.naming import words
from precall.watches import Watch

if TYPE_CHECKING:
    from precall.config import Config

NAMED, CALL, CUSTOMER, OPEN = "named by the team", "a call is planned", "a customer", "an open opportunity"
_BUYS = {"customer", "renewal"}
"""Words of a stage that say that they buy already."""


@dataclass(frozen=True)
class Interest:
    """The best reason, the rep who owns the account (None: nobody in the team), the newest lead that is a reason;
    `over` are leads that are none any more, `owner` is the address of who owns the account, in the team or not."""

    because: str
    rep: Rep | None
    lead: Lead | None = None
    over: frozenset[str] = frozenset()
    owner: str | None = None


def interest_in(watch: Watch, facts: Facts, deals: Deals, config: Config, now: datetime) -> Interest | None:
    """None where there is no reason left. StorageUnavailable."""
    named = next((one.owner for one in config.listening.accounts if one.account.key == watch.key), watch.owner)
    reasons = [
        (lead, held, because)
        for lead, held in _known(watch, facts)
        if (because := _reason(lead, held, deals.of(lead.id), config.listening, now))
    ]
    reasons.sort(key=lambda reason: (reason[0].acquired_at, reason[0].id), reverse=True)
    if not (named or reasons):
        return None
    lead, held, because = reasons[0] if reasons else (None, None, NAMED)
    owner = named or (held.rep.email if held else None)
    over = watch.leads - {lead.id for lead, _, _ in reasons}
    return Interest(because, colleague(config, owner) if owner else None, lead, over, owner)


def _known(watch: Watch, facts: Facts) -> Iterator[tuple[Lead, Assignment | None]]:
    """Those of its leads that were not erased, and whose time of keeping is not over."""
    for lead_id in sorted(watch.leads):
        try:
            yield facts.lead(lead_id), facts.assignment(lead_id)
        except LeadNotFound:
            continue


def _reason(
    lead: Lead, held: Assignment | None, deals: frozenset[Deal], listening: Listening, now: datetime
) -> str | None:
    """How deals stand was told since, and counts before what the lead came with."""
    if held and not held.cancelled and held.call_at > now:
        return CALL
    if "won" in deals or lead.customer or lead.purpose == "renewal" or set(words(lead.stage or "")) & _BUYS:
        return CUSTOMER
    if deals:
        return OPEN if "open" in deals else None
    return OPEN if lead.purpose == "quote" or listening.is_open(lead.stage or "") else None
