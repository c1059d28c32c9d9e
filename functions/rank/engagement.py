"""How much is reacted to, in each source's own scale: 300 points are a front page here and nothing there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from math import log1p

from precall.model import Mention

MUCH = {
    "hacker_news": 300, "reddit": 1000, "lemmy": 100, "mastodon": 50, "bluesky": 100, "stack_exchange": 20,
    "youtube": 5000, "github": 200,
}  # fmt: skip
"""Reactions (points and comments together) that are much for one item, by source: about a front page's."""
MUCH_ELSEWHERE = 100
ENOUGH_TO_COMPARE = 5
"""Items of one source from which their rank among each other says something."""


def standings(mentions: Iterable[Mention]) -> dict[str, float]:
    """For each mention with reactions, by id, how high they are in 0…1.

    The mean of ln(1 + n) / ln(1 + much) for its source, at most 1, and of its mid-rank among the source's items in
    this collection; the first alone where these are too few.
    """
    by_source: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if reactions(mention):
            by_source[mention.source].append(mention)
    return {i: value for source, items in by_source.items() for i, value in _of_source(source, items).items()}


def reactions(mention: Mention) -> int:
    """Points and comments."""
    return mention.engagement.points + mention.engagement.comments if mention.engagement else 0


def because(mention: Mention) -> str:
    """ "312 points", "14 comments"."""
    points = mention.engagement.points if mention.engagement else 0
    number, noun = (points, "point") if points else (reactions(mention), "comment")
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _of_source(source: str, items: list[Mention]) -> dict[str, float]:
    ordered = sorted(reactions(item) for item in items)
    much = log1p(MUCH.get(source, MUCH_ELSEWHERE))
    found: dict[str, float] = {}
    for item in items:
        number = reactions(item)
        absolute = min(1.0, log1p(number) / much)
        place = (bisect_left(ordered, number) + bisect_right(ordered, number)) / (2 * len(ordered))
        found[item.id] = (absolute + place) / 2 if len(ordered) >= ENOUGH_TO_COMPARE else absolute
    return found
