"""The order of the stories: by score, ties broken totally, and no outlet leads the whole brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from precall.model import Proximity, Story

FIRST = 5
"""As many stories as a brief shows."""
FAIR_SHARE, MOST = 2, 3
"""An outlet leads two of the first stories while others tell of the prospect, and three while others are left."""


def ordered(stories: Sequence[Story], outlets: Mapping[str, str]) -> tuple[Story, ...]:
    """Best first; `outlets` gives the outlet of a mention's id."""
    left = sorted(stories, key=_by_score)
    led: Counter[str] = Counter()
    first: list[Story] = []
    while left and len(first) < FIRST:
        story = _next(left, led, outlets)
        left.remove(story)
        led[outlets[story.mention_ids[0]]] += 1
        first.append(story)
    return (*first, *left)


def _by_score(story: Story) -> tuple[float, float, str]:
    newest = story.last_seen.timestamp() if story.last_seen else 0.0
    return (-story.score, -newest, story.id)


def _next(left: Sequence[Story], led: Counter[str], outlets: Mapping[str, str]) -> Story:
    def best(share: int) -> Story | None:
        return next((story for story in left if led[outlets[story.mention_ids[0]]] < share), None)

    fair, top = best(FAIR_SHARE), best(MOST)
    if fair and top and fair.proximity is Proximity.PASSING and top.proximity is not Proximity.PASSING:
        return top
    return fair or top or left[0]
