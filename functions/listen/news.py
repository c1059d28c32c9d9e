"""What is a new high story: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from precall.listening_settings import Listening
from precall.model import Mention, Proximity, Ranking, Story
from precall.told import Told, marks_of

LATE = timedelta(days=2)
"""How much earlier than the last look a story may have been published: feeds are late, dates are often days only, and
a story may need two looks to grow high."""
MOST = 10
"""Stories of one look that are told, the highest first; the others wait for the next look."""


@dataclass(frozen=True)
class News:
    """The stories to be told, the highest first, and what is known afterwards."""

    stories: tuple[Story, ...]
    told: Told


def news(
    ranking: Ranking, mentions: Mapping[str, Mention], before: Told, briefed: frozenset[str], listening: Listening
) -> News:
    """What a look found that is high, first seen since the last one, and was never told.

    `briefed` are ids of mentions that the account's newest brief told. A first look tells nothing: all that it finds
    was there before anybody listened.
    """
    marks = {story.id: marks_of(story, mentions) for story in ranking.stories}
    known = [
        marks[story.id]
        for story in ranking.stories
        if before.last_look is None or before.knows(marks[story.id]) or not briefed.isdisjoint(story.mention_ids)
    ]
    met, found = set[str]().union(*known), list[Story]()
    for story in ranking.stories:
        if len(found) < MOST and _is_high(story, listening) and _is_since(story, before):
            if met.isdisjoint(marks[story.id]):
                found.append(story)
            met |= marks[story.id]
    return News(tuple(found), before.with_marks(met, ranking.as_of))


def _is_high(story: Story, listening: Listening) -> bool:
    close = story.proximity in (Proximity.CONTACT, Proximity.ACCOUNT) and not story.doubtful
    return close and story.score >= listening.threshold and (listening.sensitive or not story.sensitive)


def _is_since(story: Story, before: Told) -> bool:
    """An undated story may be old: nobody can say that it is new."""
    if story.first_seen is None or before.last_look is None:
        return False
    return story.first_seen >= before.last_look - LATE
