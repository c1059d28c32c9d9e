"""A contact's lead status or lifecycle stage that changed: what came of the call (HubSpot's default values)."""

from __future__ import annotations

from collections.abc import Mapping

from precall.crm.hubspot.properties import Changed
from precall.crm.outcomes import ToldOutcome
from precall.crm_events import Outcome

_MEANS: Mapping[str, Mapping[str, Outcome]] = {
    "hs_lead_status": {
        "CONNECTED": "reached",
        "ATTEMPTED_TO_CONTACT": "not_reached",
        "OPEN_DEAL": "meeting_set",
        "UNQUALIFIED": "lost",
        "BAD_TIMING": "other",
    },
    "lifecyclestage": {"opportunity": "meeting_set", "customer": "won"},
}
"""Other values, and those of a team's own, say nothing about a call."""


def outcome_of(changed: Changed) -> ToldOutcome | None:
    """The outcome that a contact's change tells, if it does."""
    outcome = _MEANS.get(changed.propertyName, {}).get(changed.propertyValue)
    if outcome is None:
        return None
    record = f"contact/{changed.objectId}"
    return ToldOutcome(changed.lead_id, outcome, record, changed.propertyValue, changed.at)
