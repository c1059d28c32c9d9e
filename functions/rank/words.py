"""Words of mentions, as sparse vectors: TF-IDF after Salton & Buckley (1988), softened, without numpy.

Few and short texts make a steep inverse document frequency give nearly all weight to words that one text alone has.
So its square root is taken, and a word that is found once counts half. On ECB+ that lifts B³ F from .88 to .90, on
headlines of UCI News from .66 to .77 (each at its best threshold, before pairs needed two words in common).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from precall.identity import words

Vector = dict[str, float]

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_TITLE_CHARACTERS = 400
_LEAD_CHARACTERS = 500
_TITLE_COUNTS = 2
_FOUND_ONCE = 0.5
MOST_TERMS = 48
STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be because been before being but by can could did do does for from get
    had has have he her here him his how i if in into is it its just like may me more most my new no not now of on one
    only or other our out over own says said she should so some such than that the their them then there these they
    this those through to too under up us was we were what when where which while who why will with would you your
    s t re ve ll d m
    inc incorporated corp corporation co ltd limited llc plc gmbh ag nv sa
    """.split()
)
"""Words that say nothing of an event: everyday ones, and legal forms, which any two texts on companies share."""


def terms(text: str) -> list[str]:
    """The words of `text` in lower case; scripts without spaces between words give pairs of characters."""
    told = words(text)
    if not text.isascii() and _UNSPACED.search(text):
        told = [part for word in told for part in _parts(word)]
    return [term for term in map(_term, told) if term]


def _parts(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(max(1, len(word) - 1))] if _UNSPACED.search(word) else [word]


@lru_cache(maxsize=65_536)  # texts share most of their words
def _term(word: str) -> str:
    """The word without its plural; nothing for a stop word."""
    if word in STOP_WORDS:
        return ""
    return word[:-1] if word[-1] == "s" and len(word) > 3 and word.isascii() else word


def bag(title: str, text: str) -> Counter[str]:
    """The terms of a headline, which count twice, and of the first lines of its text."""
    counts = Counter(terms(title[:_TITLE_CHARACTERS]) * _TITLE_COUNTS)
    counts.update(terms(text[:_LEAD_CHARACTERS]))
    return counts


def vectors(bags: Sequence[Counter[str]], ignore: Iterable[str] = ()) -> list[Vector]:
    """Unit vectors of (1 + ln tf) · √ln(1 + N / df); what is in `ignore` says nothing."""
    spread = Counter(chain.from_iterable(bags))
    rarity = {term: _rarity(found, len(bags)) for term, found in spread.items()}
    rarity.update(dict.fromkeys(ignore, 0.0))
    damped = [0.0, *(1 + math.log(n) for n in range(1, 1 + max((max(b.values(), default=0) for b in bags), default=0)))]
    return [_unit({t: damped[n] * weight for t, n in counts.items() if (weight := rarity[t])}) for counts in bags]


def _rarity(found: int, total: int) -> float:
    rarity = math.sqrt(math.log(1 + total / found))
    return rarity if found > 1 else rarity * _FOUND_ONCE


def _unit(weights: Vector) -> Vector:
    """The heaviest terms, scaled to length 1."""
    if len(weights) > MOST_TERMS:
        weights = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_TERMS])
    length = math.hypot(*weights.values()) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two unit vectors."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)
