"""What a CRM tells after a lead came from it, and what it does not tell."""

from __future__ import annotations

from typing import Literal

from precall.events.base import Event

Outcome = Literal["reached", "not_reached", "meeting_set", "won", "lost", "other"]
"""How a call went, as far as its CRM says."""
Outcomes = dict[str, Outcome]


class ReadBackFailed(Event):
    """What the CRM's webhook left out of the lead could not be read back, or not all of it: the lead goes on as it is.
    `reason` names the fix."""

    business_key = ("reason",)
    type: Literal["read_back.failed"] = "read_back.failed"
    crm: str
    reason: str


class ActivityChanged(Event):
    """The CRM told that a planned `activity` changed, and not whose it is or when: it is to be asked. Until then it is
    no lead's, and `lead_id` stands for the activity. `change` tells this change from others of the activity."""

    business_key = ("change",)
    type: Literal["activity.changed"] = "activity.changed"
    crm: str
    activity: str
    change: str


class DealOpened(Event):
    """The CRM says that there is an open deal, in its own words about `record`; that it was won or lost is told as the
    call's outcome."""

    business_key = ("record", "said")
    type: Literal["deal.opened"] = "deal.opened"
    record: str
    said: str


class CallOutcome(Event):
    """How the call went: from its CRM, which `said` it in its own words about `record`, or by a click of the rep."""

    business_key = ("record", "said")
    type: Literal["call.outcome"] = "call.outcome"
    outcome: Outcome
    source: Literal["crm", "rep"]
    record: str = ""
    said: str = ""
