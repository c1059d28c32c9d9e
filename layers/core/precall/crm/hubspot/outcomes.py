"""A contact's lead status or lifecycle stage that changed: what came of the call (HubSpot's default values)."""

from __future__ import annotations

from collections.abc import Mapping

from precall.crm.hubspot.properties import Changed
from precall.crm.outcomes import ToldOutcome
from precall.events.crm import Outcome

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
"""What other values mean, and those of a team's own, only the team knows."""
_OPENS = {"hs_lead_status": "OPEN_DEAL", "lifecyclestage": "opportunity"}


def outcome_of(changed: Changed) -> ToldOutcome | None:
    """What a contact's change tells of a call, if it is one of these properties."""
    means = _MEANS.get(changed.propertyName)
    if means is None or not changed.propertyValue:
        return None
    said, record = changed.propertyValue, f"contact/{changed.objectId}"
    opens = _OPENS[changed.propertyName] == said
    return ToldOutcome(changed.lead_id, means.get(said), record, said, changed.at, opens=opens)
