"""What a call may be opened with, and what is to be known and not raised."""

from __future__ import annotations

from precall.model import SignalKind, Story

KNOW_ONLY = frozenset({SignalKind.LAYOFFS, SignalKind.LEGAL, SignalKind.OUTAGE})
"""A stranger who brings these up sounds like gloating."""
CLEARLY_NEGATIVE = -0.3
"""A story's signed sentiment from which it is bad news for them."""


def may_raise(story: Story) -> bool:
    """Whether a rep may bring the story up: no sensitive topic, no trouble of theirs, surely about them."""
    troubled = any(signal.kind in KNOW_ONLY for signal in story.signals)
    return not (story.sensitive or story.doubtful or troubled or _is_bad_news(story))


def is_to_avoid(story: Story) -> bool:
    """Whether a rep should know the story and keep quiet about it."""
    return not may_raise(story) and not story.doubtful


def _is_bad_news(story: Story) -> bool:
    value = story.sentiment.value
    return story.sentiment.label == "negative" and value is not None and value <= CLEARLY_NEGATIVE
