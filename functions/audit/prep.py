"""The one rule of call prep: what a lead's events say about whether its call was prepared."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypeGuard

from precall.events import (
    BriefAcknowledged,
    BriefBounced,
    BriefMissed,
    BriefRead,
    BriefReady,
    BriefRelayed,
    BriefSent,
    Event,
    LeadRejected,
    ResearchFailed,
)
from precall.model._base import Model
from precall.model.call import PrepState

State = PrepState


class Prep(Model):
    """The state of one call's preparation, and the event that decided it (None: what did not happen did)."""

    state: State
    decided_by: str | None = None
    reason: str | None = None
    minutes_before_call: int | None = None


def prep(events: Iterable[Event], call_at: datetime | None, now: datetime, as_of: datetime | None = None) -> Prep:
    """The first of these that holds, whatever else happened; `as_of` is the clock of a replayed lead.

    0. acknowledged: the brief was acknowledged, or read for ten seconds or more, before the call
    1. briefed: a brief (not a notice) went out before the call, by mail that did not come back or another channel
    2. late: a brief went out or was ready, but the call had begun
    3. failed: the lead was refused, the research failed, the mail could not be sent, or came back
    4. preparing: the call is ahead, or no call time is known
    5. missing: the call's time has passed and none of this happened
    """
    known = list(events)
    for event in known:
        if isinstance(event, BriefAcknowledged | BriefRead) and (call_at is None or (as_of or event.at) < call_at):
            minutes = int((call_at - (as_of or event.at)).total_seconds() // 60) if call_at else None
            return Prep(state="acknowledged", decided_by=event.type, minutes_before_call=minutes)
    back = {event.message_id: event for event in known if isinstance(event, BriefBounced)}
    sent = [event for event in known if _took_a_brief(event) and getattr(event, "message_id", "") not in back]
    begun = call_at is not None and (as_of or now) >= call_at
    for event in sent:
        if call_at is None or (as_of or event.at) < call_at:
            return Prep(state="briefed", decided_by=event.type, minutes_before_call=_minutes_before(event))
    if sent:
        return Prep(state="late", decided_by=sent[0].type)
    return _late(known, call_at, as_of) or _failed(known) or Prep(state="missing" if begun else "preparing")


def _took_a_brief(event: Event) -> TypeGuard[BriefSent | BriefRelayed]:
    return isinstance(event, BriefSent | BriefRelayed) and not event.notice_only


def _minutes_before(event: BriefSent | BriefRelayed) -> int:
    if isinstance(event, BriefSent):
        return event.minutes_before_call
    return int((event.call_at - event.at).total_seconds() // 60)


def _late(events: list[Event], call_at: datetime | None, as_of: datetime | None) -> Prep | None:
    for event in _missed(events):
        if call_at is not None and (as_of or event.at) >= call_at:
            return Prep(state="late", decided_by=event.type, reason=event.reason)
    return None


def _failed(events: list[Event]) -> Prep | None:
    back = [event for event in events if isinstance(event, BriefBounced)]
    refused = [event for event in events if isinstance(event, LeadRejected)] + _missed(events) + back
    if refused:
        return Prep(state="failed", decided_by=refused[-1].type, reason=refused[-1].reason)
    failed = [event for event in events if isinstance(event, ResearchFailed)]
    if failed and not _ready(events):
        return Prep(state="failed", decided_by=failed[-1].type, reason=failed[-1].story)
    return None


def _ready(events: list[Event]) -> set[str]:
    return {event.research_id for event in events if isinstance(event, BriefReady)}


def _missed(events: list[Event]) -> list[BriefMissed]:
    """Briefs that were ready and not sent; a notice that was not sent says nothing more than its failed research."""
    ready = _ready(events)
    return [event for event in events if isinstance(event, BriefMissed) and event.research_id in ready]
