"""Which mentions can be ranked at all: each page once, with a headline, from inside the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from precall.model import Collection, Kind, Mention
from rank.telling import by_date

TWICE = "the same page twice"
WITHOUT_TITLE = "has no headline"
AFTER = "dated after the research"
REFERENCE = "a reference, not a story"


def usable(collection: Collection, window_days: int, aside: Counter[str]) -> list[Mention]:
    """The mentions inside the window, in an order of their own: oldest first, undated last, then by id."""
    unique = _unique(collection.mentions)
    aside[TWICE] += len(collection.mentions) - len(unique)
    start = collection.as_of - timedelta(days=window_days)
    reasons = {i: _unusable(mention, start, collection.as_of) for i, mention in unique.items()}
    aside.update(reason for reason in reasons.values() if reason)
    aside += Counter()
    return sorted((mention for i, mention in unique.items() if not reasons[i]), key=by_date)


def _unusable(mention: Mention, start: datetime, end: datetime) -> str:
    if not mention.title.strip():
        return WITHOUT_TITLE
    if mention.kind is Kind.REFERENCE:
        return REFERENCE
    if mention.published_at is None:
        return ""
    if mention.published_at > end:
        return AFTER
    return "" if mention.published_at >= start else f"older than {(end - start).days} days"


def _unique(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Each page once, by its id: of several the dated, then the fullest."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        other = found.setdefault(mention.id, mention)
        if other is not mention:
            found[mention.id] = max(other, mention, key=_fullness)
    return found


def _fullness(mention: Mention) -> tuple[bool, int, str]:
    return (mention.published_at is not None, len(mention.text), mention.model_dump_json())
