"""One line about a lead's call, made from everything known about the lead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from audit.prep import prep
from audit.record import Record
from precall.events import (
    BriefAcknowledged,
    BriefRead,
    BriefRelayed,
    BriefSent,
    CallOutcome,
    Event,
    MentionsCollected,
    StoriesRanked,
)
from precall.model.call import Call

E = TypeVar("E", MentionsCollected, StoriesRanked, CallOutcome)


def call_of(record: Record, now: datetime) -> Call | None:
    """The call of a lead; None while nobody is to call."""
    if record.assignment is None:
        return None
    given, lead = record.assignment, record.lead
    state = prep(record.events, given.call_at, now, lead.as_of if lead else None)
    prospect = lead.prospect if lead else None
    told = [event for event in record.events if isinstance(event, BriefSent | BriefRelayed)]
    read = [event.at for event in record.events if isinstance(event, BriefAcknowledged | BriefRead)]
    collected = _last(record.events, MentionsCollected)
    ranked = _last(record.events, StoriesRanked)
    outcome = _last(record.events, CallOutcome)
    return Call(
        lead_id=record.lead_id,
        research_id=given.research_id,
        who=record.title,
        account=prospect.key if prospect else record.lead_id,
        contact=prospect.contact.name if prospect and prospect.contact else None,
        rep=given.rep.email,
        rep_name=given.rep.name,
        time_zone=given.rep.time_zone,
        source=lead.source if lead else None,
        call_at=given.call_at,
        acquired_at=lead.acquired_at if lead else None,
        brief_at=min((event.at for event in told if not event.notice_only), default=None),
        prepared_at=min(read, default=None),
        state="preparing" if state.state == "missing" else state.state,
        reason=state.reason,
        stories=ranked.stories if ranked else None,
        outcome=outcome.outcome if outcome else None,
        sources=collected.reports if collected else (),
        cancelled=given.cancelled,
        touches=len(lead.activities) if lead else 0,
    )


def _last(events: Iterable[Event], kind: type[E]) -> E | None:
    found = [event for event in events if isinstance(event, kind)]
    return found[-1] if found else None
