"""Breaking news: what several outlets began to tell within the last day about the prospect itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from precall.model import Proximity, Story

SINCE = timedelta(hours=24)
OUTLETS = 3
"""Independent outlets: one paper's scoop, copied, is not yet everybody's news."""


def is_breaking(story: Story, now: datetime) -> bool:
    """Whether the story began within the last day, at three independent outlets or more, and is about the prospect."""
    if story.proximity is Proximity.PASSING or story.doubtful or story.first_seen is None:
        return False
    return now - story.first_seen <= SINCE and len(story.outlets) - story.wire_copies >= OUTLETS
