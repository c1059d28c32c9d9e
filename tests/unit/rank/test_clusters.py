"""Average-link clustering: exact where all is compared at once, bounded beyond, near in time only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
import pytest

from rank import clusters as module
from rank.average_link import Groups, average_link
from rank.clusters import clusters, hashed_words
from rank.words import bag, vectors
from tests.unit.rank.encoders import by_words
from tests.unit.rank.given import NOW


def groups_at(days: Sequence[float | None]) -> Groups:
    """Single texts on these days; None: without a date."""
    first = np.array([np.inf if day is None else 86_400.0 * day for day in days])
    last = np.where(np.isfinite(first), first, -np.inf)
    sums, members = np.zeros((len(days), 2), dtype=np.float32), [[i] for i in range(len(days))]
    return Groups(sums, np.ones(len(days)), first, last, members)


def grouped(averages: Sequence[Sequence[float]], threshold: float, days: Sequence[float | None]) -> list[list[int]]:
    found = average_link(groups_at(days), np.array(averages, dtype=np.float32), threshold)
    return sorted(sorted(members) for members in found.members)


def alike(count: int) -> list[list[float]]:
    return [[1.0] * count] * count


CHAIN = [[1.0, 0.9, 0.5], [0.9, 1.0, 0.1], [0.5, 0.1, 1.0]]


def test_the_closest_are_merged_first_until_the_average_is_below_the_threshold() -> None:
    assert grouped(CHAIN, 0.25, [0, 0, 0]) == [[0, 1, 2]]
    assert grouped(CHAIN, 0.35, [0, 0, 0]) == [[0, 1], [2]]
    assert grouped(CHAIN, 0.95, [0, 0, 0]) == [[0], [1], [2]]


def test_groups_that_are_far_apart_or_would_last_too_long_are_not_merged() -> None:
    assert grouped(alike(2), 0.5, [0, 5]) == [[0], [1]]
    assert grouped(alike(5), 0.5, [0, 4, 8, 12, 16]) != [[0, 1, 2, 3, 4]]
    assert grouped(alike(3), 0.5, [0, 3, 6]) == [[0, 1, 2]]


def test_without_a_date_anything_may_be_joined() -> None:
    assert grouped(alike(2), 0.5, [0, None]) == [[0, 1]]


TOLD = ("river floods old harbour town", "senate passes budget law", "orchestra plays new symphony hall")


def stream(repeated: int) -> tuple[list[str], list[datetime | None]]:
    """Three events, told again and again in turn."""
    texts = [f"{TOLD[n % 3]} {n // 3}" for n in range(3 * repeated)]
    return texts, [NOW + timedelta(minutes=n) for n in range(len(texts))]


@pytest.mark.parametrize("with_meaning", [True, False])
def test_a_stream_beyond_what_is_compared_at_once_gives_the_same_stories(
    with_meaning: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, moments = stream(20)
    words = vectors([bag(text, "") for text in texts])
    meanings = by_words(texts) if with_meaning else None
    whole = clusters(words, meanings, moments)
    monkeypatch.setattr(module, "AT_ONCE", 16)
    assert clusters(words, meanings, moments) == whole
    assert [len(group) for group in whole] == [20, 20, 20]


def test_hashed_words_keep_dot_products_of_shared_terms() -> None:
    words = vectors([bag("tin mines reopen", ""), bag("tin mines close", ""), bag("opera singers strike", "")])
    products = hashed_words(words) @ hashed_words(words).T
    shared = sum(words[0][term] * words[1][term] for term in words[0] if term in words[1])
    assert products[0, 1] == pytest.approx(shared, abs=1e-5)
    assert products[0, 2] == 0


def test_nothing_gives_nothing() -> None:
    assert clusters([], None, []) == []
    assert clusters([{}], None, [None]) == [[0]]
