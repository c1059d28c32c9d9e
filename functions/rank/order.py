"""The order of the stories: by score, ties broken totally; no outlet, kind or sort of event fills the brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from precall.model import Kind, Proximity, Story

FIRST = 5
"""As many stories as a brief shows."""
FAIR_SHARE, MOST = 2, 3
"""An outlet, and a sort of trigger event, leads two of the first stories while others tell of the prospect, and three
while others are left."""
ONE_KIND = 3
"""Of the first stories, those that come from one kind of place other than the news, while others are left."""


def ordered(stories: Sequence[Story], mentions: Mapping[str, tuple[str, Kind]]) -> tuple[Story, ...]:
    """Best first, and none with a sensitive topic at the top while another one may be raised.

    `mentions` gives outlet and kind of a mention by its id.
    """
    left = sorted(stories, key=_by_score)
    led: Counter[str] = Counter()
    first: list[Story] = []
    while left and len(first) < FIRST:
        story = _next(left, led, mentions, is_top=not first)
        left.remove(story)
        led.update(_features(story, mentions))
        first.append(story)
    return (*first, *left)


def _by_score(story: Story) -> tuple[float, float, str]:
    newest = story.last_seen.timestamp() if story.last_seen else 0.0
    return (-story.score, -newest, story.id)


def _next(left: Sequence[Story], led: Counter[str], mentions: Mapping[str, tuple[str, Kind]], is_top: bool) -> Story:
    """The best that is within its share; a story in passing takes no place of one about the prospect."""

    def best(share: int) -> Story | None:
        return next((story for story in pool if _is_within(story, share)), None)

    def _is_within(story: Story, share: int) -> bool:
        return all(
            led[feature] < (ONE_KIND if feature.startswith("kind:") else share)
            for feature in _features(story, mentions)
        )

    pool = [story for story in left if not (is_top and story.sensitive)] or left
    fair, top = best(FAIR_SHARE), best(MOST)
    if fair and top and fair.proximity is Proximity.PASSING and top.proximity is not Proximity.PASSING:
        return top
    return fair or top or pool[0]


def _features(story: Story, mentions: Mapping[str, tuple[str, Kind]]) -> list[str]:
    """What a story would take a share of: its best mention's outlet, its kind unless news, its surest event."""
    outlet, kind = mentions[story.mention_ids[0]]
    event = [f"event:{story.signals[0].kind}"] if story.signals else []
    return [f"outlet:{outlet}", *event, *([f"kind:{kind}"] if kind is not Kind.NEWS else [])]
