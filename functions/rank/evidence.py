"""What speaks for a mention being about the prospect: named features of its headline and first lines."""

from __future__ import annotations

import re
from functools import lru_cache

from rank.sighting import Sighting, Usage

Evidence = dict[str, float]

_STEM, _STEM_MOST = 5, 6
_MANY_PLACES, _FAR, _MANY_COMMAS, _MANY_WORDS = 3, 10, 4, 2


def evidence(reading: Sighting, industry: frozenset[str], everyday: Usage) -> Evidence:
    """The features of one mention, in 0…1; `industry` are the words of the prospect's industry."""
    found, title = reading.places, reading.title
    count = max(1, len(found))
    first = reading.in_title[0].at if reading.in_title else None
    said = f"{title} {reading.lead}".casefold()
    return {
        "sure": float(reading.sure),
        "tiny": float(reading.tiny),
        "headline": float(bool(reading.in_title)),
        "text": float(bool(reading.in_lead)),
        "first": float(first == 0),
        "position": 1.0 if first is None else min(len(title[:first].split()), _FAR) / _FAR,
        "count": min(len(found), _MANY_PLACES) / _MANY_PLACES,
        "commas": min(title.count(","), _MANY_COMMAS) / _MANY_COMMAS,
        "opens": sum(place.opens for place in found) / count,
        "acts": sum(place.acts for place in found) / count,
        "possessive": float(any(place.possessive for place in found)),
        "company": float(any(place.company for place in found)),
        "after_name": sum(place.after_name for place in found) / count,
        "before_name": sum(place.before_name for place in found) / count,
        "other": sum(place.other for place in found) / count,
        "lower": float(reading.lower > 0),
        "everyday": everyday.share,
        "industry": min(_MANY_WORDS, sum(_speaks_of(said, word) for word in industry)) / _MANY_WORDS,
    }


def _speaks_of(said: str, word: str) -> bool:
    return word[:_STEM_MOST] in said and bool(_beginning(word).search(said))


@lru_cache(maxsize=256)
def _beginning(word: str) -> re.Pattern[str]:
    """A word that begins as a long one does ("logistics" for "logistical"), or the very word."""
    return re.compile(rf"\b{re.escape(word[:_STEM_MOST])}" if len(word) >= _STEM else rf"\b{re.escape(word)}\b")
