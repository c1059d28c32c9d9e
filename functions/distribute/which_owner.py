"""Whether a CRM's owner of a lead is one that it had before: owners are told in no order."""

from __future__ import annotations

from precall.events import ReassignmentAsked
from precall.model import Assignment, Lead


def is_old(event: ReassignmentAsked, held: Assignment, lead: Lead) -> bool:
    """Whether the rep was named later than the CRM says this. A lead that was read back had its owner
    then."""
    named_at = held.rep_said_at or lead.read_at
    return bool(event.by == "crm" and named_at and event.at < named_at)
