"""Stories: the texts that mentions carry, and the events that these texts tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from precall.model import Mention
from rank.average_link import Matrix
from rank.clusters import clusters
from rank.copies import Sets, same_text
from rank.words import Vector, cosine

SAME_TEXT = 0.9
"""Cosine of words from which two texts of one event are one, rewritten, given that they are long enough to tell."""
LONG_ENOUGH = 12
"""Terms of a text that can be recognised as a rewritten one; two headlines of one event are alike by themselves."""
MOST_REWRITTEN = 64
"""Texts of one event, its first ones, among which rewritten ones are looked for."""


@dataclass(frozen=True)
class Event:
    """One event: the texts that tell of it, each as the indices of the mentions that carry that text."""

    texts: tuple[tuple[int, ...], ...]

    @property
    def mentions(self) -> list[int]:
        """All mentions."""
        return [i for text in self.texts for i in text]


def events(mentions: Sequence[Mention], weights: Sequence[Vector], meanings: Matrix | None = None) -> list[Event]:
    """The events that `mentions`, oldest first, with their vectors tell of, by their first mention.

    `meanings` has the embedding of each mention, shape (mentions, width); without it, words alone decide.
    """
    texts = sorted(same_text(mentions), key=lambda text: _order(mentions, text))
    fullest = [max(text, key=lambda i: (len(weights[i]), -i)) for text in texts]
    moments = [_earliest(mentions[i].published_at for i in text) for text in texts]
    found = clusters([weights[i] for i in fullest], meanings[fullest] if meanings is not None else None, moments)
    return [_event([texts[n] for n in group], [weights[fullest[n]] for n in group]) for group in found]


def _event(texts: Sequence[Sequence[int]], vectors: Sequence[Vector]) -> Event:
    rewritten = Sets(len(texts))
    long = [n for n, vector in enumerate(vectors) if len(vector) >= LONG_ENOUGH][:MOST_REWRITTEN]
    for at, one in enumerate(long):
        for other in long[at + 1 :]:
            if cosine(vectors[one], vectors[other]) >= SAME_TEXT:
                rewritten.join(one, other)
    merged: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        merged[rewritten.root(number)] += text
    return Event(tuple(tuple(sorted(text)) for text in merged.values()))


def _order(mentions: Sequence[Mention], text: Sequence[int]) -> tuple[bool, float, int]:
    """By the first date; without one, last."""
    moment = _earliest(mentions[i].published_at for i in text)
    return (moment is None, moment.timestamp() if moment else 0.0, text[0])


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
