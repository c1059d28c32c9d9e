"""The events that tell what came of a change."""

from __future__ import annotations

from datetime import datetime

from precall.events import BriefMissed, CallMoved, LeadReassigned, ReassignmentAsked, ReassignmentRefused, ResearchAsked
from precall.model import Assignment

NO_REP = "{to} is nobody in the team; add the rep to precall.yaml, or name another"
_BY = {"crm": "the CRM", "operator": "hand"}


def by(event: ReassignmentAsked) -> str:
    """Who asked, as a reason says it: "reassigned by hand"."""
    return _BY.get(event.by, event.by)


def reassigned(event: ReassignmentAsked, now: Assignment, was: str | None, at: datetime) -> LeadReassigned:
    """The lead is another rep's."""
    return LeadReassigned(
        lead_id=now.lead_id,
        correlation_id=event.correlation_id,
        at=at,
        revision=now.changes.index(event.ask) + 1,
        research_id=now.research_id,
        was=was,
        rep=now.rep.email,
        rep_name=now.rep.name,
        reason=now.reason,
        call_at=now.call_at,
    )


def refused(event: ReassignmentAsked, reason: str) -> ReassignmentRefused:
    """The lead stays where it is."""
    return ReassignmentRefused(
        lead_id=event.lead_id,
        correlation_id=event.correlation_id,
        at=event.at,
        to=event.to,
        ask=event.ask,
        reason=reason,
    )


def over(event: CallMoved, now: Assignment) -> BriefMissed:
    """The call was moved to the past: nothing is sent."""
    return BriefMissed(
        lead_id=event.lead_id,
        correlation_id=event.correlation_id,
        at=event.at,
        research_id=now.research_id,
        call_at=now.call_at,
        reason="the call was moved to a time that is over",
    )


def written_anew(
    event: ReassignmentAsked | CallMoved, research_id: str, ask: str, reason: str, at: datetime
) -> ResearchAsked:
    """The brief is to be written again from what was collected, for the rep and the time that hold now."""
    return ResearchAsked(
        lead_id=event.lead_id,
        correlation_id=event.correlation_id,
        at=at,
        research_id=research_id,
        ask=ask,
        reason=reason,
        only="brief",
    )
