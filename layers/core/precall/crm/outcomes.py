"""How a call went, as CRMs tell it: by the status that a rep gave the contact or the deal afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from precall.crm_events import Outcome


@dataclass(frozen=True)
class ToldOutcome:
    """What a delivery says about the call of a lead, which may be unknown here: `record` of the CRM, in its words."""

    lead_id: str
    outcome: Outcome
    record: str
    said: str
    at: datetime
