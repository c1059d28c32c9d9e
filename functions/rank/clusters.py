"""Texts that tell of one event, by meaning and by words, with work that grows linearly with their number.

Texts come in time order; a group closes when no later text can reach it, so that only a bounded number is compared at a
time (exactly all, up to `AT_ONCE` texts).
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from rank.average_link import WINDOW, Groups, Matrix, average_link
from rank.words import Vector

SAME_EVENT = 0.3
"""Average similarity from which two groups of texts tell of one event …"""
SAME_WORDS = 0.25
"""… and where there is no encoder, from words alone."""
MEANING = 0.3
"""Share of the embedding's cosine in a similarity, at full length; the rest is the cosine of the words."""
FULL_LENGTH, LEAST_LENGTH = 24, 4
"""Terms from which a text is at full length: a bare headline has fewer words in common with another of its event …"""
SHORT_MEANING, SHORT_WORDS = 0.5, 0.2
"""… so its vectors are stretched by (FULL_LENGTH / terms) to these powers: the shorter, the more meaning counts."""
SHARED_WORDS = 2
AT_ONCE = 1024
"""Texts, or groups of them, that are compared at a time."""
WORD_SLOTS = 1024
"""Slots that terms are hashed into (Weinberger et al. 2009): cosines of words are right within about 0.03."""


def clusters(words: Sequence[Vector], meanings: Matrix | None, moments: Sequence[datetime | None]) -> list[list[int]]:
    """The groups of texts that tell of one event, each ascending, by their first text.

    `words` are unit vectors of terms, `meanings` embeddings of shape (texts, width) or None where there is no encoder;
    texts come in time order, those without a date last: these may join any group.
    """
    if not words:
        return []
    every = _singles(_vectors(words, meanings), moments)
    opened, closed = every.taken([]), []
    size = AT_ONCE if len(words) <= AT_ONCE else AT_ONCE // 2
    threshold = SAME_EVENT if meanings is not None else SAME_WORDS
    for start in range(0, len(words), size):
        chunk = every.taken(range(start, min(start + size, len(words))))
        together = opened.joined(chunk)
        grouped = average_link(together, averages(together, threshold), threshold)
        stay = _still_open(grouped, chunk, AT_ONCE - size)
        closed += [grouped.members[i] for i in range(len(grouped.members)) if i not in stay]
        opened = grouped.taken(sorted(stay))
    return sorted(sorted(members) for members in closed + opened.members)


def averages(groups: Groups, threshold: float) -> Matrix:
    """The average similarity of each two groups, shape (groups, groups).

    Two single texts that would be merged need `SHARED_WORDS` in common, else their words count nothing: one place name
    makes no event.
    """
    means = groups.sums / groups.sizes[:, None].astype(np.float32)
    found = np.asarray(means @ means.T, dtype=np.float32)
    words = means[:, -WORD_SLOTS:]
    single = groups.sizes == 1
    one, other = np.nonzero(np.triu(found >= threshold, 1) & single[:, None] & single[None, :])
    for start in range(0, len(one), AT_ONCE):
        these, those = one[start : start + AT_ONCE], other[start : start + AT_ONCE]
        shared = words[these] * words[those]
        lost = np.where((shared != 0).sum(axis=1) < SHARED_WORDS, shared.sum(axis=1), 0.0).astype(np.float32)
        found[these, those] -= lost
        found[those, these] -= lost
    return found


def _still_open(grouped: Groups, chunk: Groups, most: int) -> set[int]:
    """The groups that a later text may join, at most `most` of them: those that were last added to."""
    dated = chunk.last[np.isfinite(chunk.last)]
    horizon = (dated.max() if len(dated) else np.inf) - WINDOW.total_seconds()
    reachable = np.flatnonzero((grouped.last >= horizon) | ~np.isfinite(grouped.last))
    newest = sorted(reachable, key=lambda i: (-max(grouped.members[i]), i))
    return {int(i) for i in newest[:most]}


def _singles(vectors: Matrix, moments: Sequence[datetime | None]) -> Groups:
    first = np.array([moment.timestamp() if moment else np.inf for moment in moments])
    last = np.where(np.isfinite(first), first, -np.inf)
    return Groups(vectors, np.ones(len(first)), first, last, [[i] for i in range(len(first))])


def _vectors(words: Sequence[Vector], meanings: Matrix | None) -> Matrix:
    """Rows whose dot products are the similarities."""
    shortness = FULL_LENGTH / np.clip([len(vector) for vector in words], LEAST_LENGTH, FULL_LENGTH)
    hashed = hashed_words(words) * (shortness**SHORT_WORDS)[:, None]
    if meanings is None:
        return np.asarray(hashed, dtype=np.float32)
    stretched = meanings * (shortness**SHORT_MEANING)[:, None]
    return np.concatenate([stretched * MEANING**0.5, hashed * (1 - MEANING) ** 0.5], axis=1).astype(np.float32)


def hashed_words(words: Sequence[Vector]) -> Matrix:
    """Sparse vectors as rows of `WORD_SLOTS` numbers: each term has a slot and a sign, the same in every process.

    A term of one text alone adds nothing to a dot product but collisions, so it has no slot.
    """
    spread = Counter(term for vector in words for term in vector)
    places = {term: _place(term) for term, found in spread.items() if found > 1}
    rows = np.zeros((len(words), WORD_SLOTS), dtype=np.float32)
    for row, vector in zip(rows, words, strict=True):
        for term, weight in vector.items():
            if term in places:
                slot, sign = places[term]
                row[slot] += sign * weight
    return rows


def _place(term: str) -> tuple[int, float]:
    code = zlib.crc32(term.encode("utf-8", "surrogatepass"))
    return code % WORD_SLOTS, 1.0 if code & 0x80000000 else -1.0
