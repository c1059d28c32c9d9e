"""Whether a change of a planned call is about the call that a brief is for: there may be other calls with the lead."""

from __future__ import annotations

from datetime import datetime

from precall.events import CallCancelled, CallMoved
from precall.model import Assignment


def concerns(event: CallMoved | CallCancelled, held: Assignment, now: datetime) -> bool:
    """Whether `event` changes the call that is held.

    What was told of the held call before something newer does not; nor does what is told of another call, unless that
    one comes first, or none lies ahead. A person who says so always means the call that is held.
    """
    if event.call and event.call != held.call and not _unnamed(held):
        return isinstance(event, CallMoved) and _comes_first(event, held, now)
    if held.call_said_at and event.at < held.call_said_at:
        return False
    return not (event.by == "crm" and isinstance(event, CallCancelled) and held.call_at <= now)


def _unnamed(held: Assignment) -> bool:
    """It is the one call that was said, without a name."""
    return not held.call and held.call_from != "next working slot"


def _comes_first(event: CallMoved, held: Assignment, now: datetime) -> bool:
    """A slot was only what the rep had free: a call that is planned takes its place."""
    if event.call_at <= now:
        return False
    ahead = held.call_at > now and not held.cancelled and held.call_from != "next working slot"
    return not ahead or event.call_at < held.call_at
