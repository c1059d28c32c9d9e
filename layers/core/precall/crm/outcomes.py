"""How a call went, as CRMs tell it: by the status that a rep gave the contact or the deal, or by the call's result."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from precall.events.crm import Outcome

_NOT_REACHED = ("no answer", "no response", "voicemail", "left message", "busy", "wrong number", "invalid number")
_REACHED = ("answered", "connected", "reached", "contacted", "interested", "requested")


class ToldOutcome(NamedTuple):
    """What a delivery says about the call of a lead, which may be unknown here: `record` of the CRM, in its words.
    `lead_id` is None where the CRM names only a record that was told before, `outcome` where only the team can know
    what its word means (`outcomes` in its settings). `opens`: it says that there is an open deal; `told_once`: whose
    the record is, is to be remembered, as the CRM does not say it again."""

    lead_id: str | None
    outcome: Outcome | None
    record: str
    said: str
    at: datetime
    opens: bool = False
    told_once: bool = False


def of_disposition(said: str) -> Outcome:
    """What a logged call's result means, in whatever words a rep chose; "other" where they are none of the usual."""
    words = said.casefold().replace("-", " ")
    if any(word in words for word in _NOT_REACHED):
        return "not_reached"
    return "reached" if any(word in words for word in _REACHED) else "other"
