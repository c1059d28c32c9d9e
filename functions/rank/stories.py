"""Stories: texts about one event, by average-link clustering of TF-IDF cosines within a time window.

Every text is compared only with those that share a telling word and lie near in time (an inverted index whose
postings run in time), so that the work grows about linearly with the number of texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import chain, islice

from precall.model import Mention
from rank.copies import Groups, same_text
from rank.words import Vector

SAME_EVENT = 0.2
"""Average cosine from which two groups of texts tell of one event."""
SAME_TEXT = 0.9
"""Cosine from which two texts are one, rewritten, given that they are long enough to tell."""
LONG_ENOUGH = 12
"""Terms of a text that can be recognised as a rewritten one; two headlines of one event are alike by themselves."""
WINDOW = timedelta(days=4)
"""Texts further apart are different news, however alike."""
_NEAREST = 128
_TELLING = 24
_SHARED = 2

Similarities = dict[int, dict[int, float]]


@dataclass(frozen=True)
class Event:
    """One event: the texts that tell of it, each as the indices of the mentions that carry that text."""

    texts: tuple[tuple[int, ...], ...]

    @property
    def mentions(self) -> list[int]:
        """All mentions."""
        return [i for text in self.texts for i in text]


def events(mentions: Sequence[Mention], weights: Sequence[Vector]) -> list[Event]:
    """The events that `mentions`, oldest first, with their vectors tell of, by their first mention."""
    texts = same_text(mentions)
    fullest = [max(text, key=lambda i: (len(weights[i]), -i)) for text in texts]
    moments = [_earliest(mentions[i].published_at for i in text) for text in texts]
    pairs = similarities([weights[i] for i in fullest], moments)
    rewritten = Groups(len(texts))
    for i, near in pairs.items():
        for j, cosine in near.items():
            if cosine >= SAME_TEXT and min(len(weights[fullest[i]]), len(weights[fullest[j]])) >= LONG_ENOUGH:
                rewritten.join(i, j)
    return [_event(group, texts, rewritten) for group in average_link(len(texts), pairs)]


def _event(group: list[int], texts: list[list[int]], rewritten: Groups) -> Event:
    merged: dict[int, list[int]] = defaultdict(list)
    for number in sorted(group):
        merged[rewritten.root(number)] += texts[number]
    return Event(tuple(tuple(sorted(text)) for text in merged.values()))


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def similarities(vectors: Sequence[Vector], moments: Sequence[datetime | None]) -> Similarities:
    """Cosines of the pairs within the window, `pairs[i][j] == pairs[j][i]`; what has no date is near everything."""
    pairs: Similarities = defaultdict(dict)
    undated = [i for i, moment in enumerate(moments) if moment is None]
    dated = sorted((moment, i) for i, moment in enumerate(moments) if moment is not None)
    order = [*((None, i) for i in undated), *dated]
    postings: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_NEAREST))
    for moment, i in order:
        for j in _candidates(vectors[i], postings):
            other = moments[j]
            if moment is None or other is None or moment - other <= WINDOW:
                pairs[i][j] = pairs[j][i] = _cosine(vectors[i], vectors[j])
        for term in islice(vectors[i], _TELLING):
            postings[term].append(i)
    return pairs


def _candidates(vector: Vector, postings: dict[str, deque[int]]) -> list[int]:
    """The earlier texts that share enough telling terms: one word in common ("Linz") makes no event."""
    shared = Counter(chain.from_iterable(postings[term] for term in islice(vector, _TELLING) if term in postings))
    return [j for j, terms in shared.items() if terms >= _SHARED]


def _cosine(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def average_link(size: int, pairs: Similarities, threshold: float = SAME_EVENT) -> list[list[int]]:
    """The groups of 0 … size−1 whose average cosine stays at or above `threshold` (UPGMA, Sokal & Michener 1958).

    A pair that is missing in `pairs` counts 0. Equal cosines are taken in the order of their numbers, so that the
    result depends on nothing else.
    """
    totals = [dict(pairs.get(i, {})) for i in range(size)]
    members = [[i] for i in range(size)]
    heap = [(-cosine, i, j) for i in range(size) for j, cosine in totals[i].items() if i < j and cosine >= threshold]
    heapify(heap)
    while heap:
        distance, i, j = heappop(heap)
        if not (members[i] and members[j]) or _average(totals, members, i, j) != -distance:
            continue
        _merge(totals, members, i, j)
        for k in totals[i]:
            average = _average(totals, members, i, k)
            if average >= threshold:
                heappush(heap, (-average, min(i, k), max(i, k)))
    return [group for group in members if group]


def _average(totals: list[dict[int, float]], members: list[list[int]], i: int, j: int) -> float:
    return totals[i].get(j, 0.0) / (len(members[i]) * len(members[j]))


def _merge(totals: list[dict[int, float]], members: list[list[int]], i: int, j: int) -> None:
    """Group `j` becomes part of `i`."""
    members[i] += members[j]
    members[j] = []
    for k, total in totals[j].items():
        del totals[k][j]
        if k != i:
            totals[i][k] = totals[k][i] = totals[i].get(k, 0.0) + total
    totals[j] = {}
