"""What one epoch is made of: rows drawn by source, names swapped, targets marked."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from pathlib import Path

from training.events import SOURCE as EVENTS
from training.events import event_rows
from training.recipe import Recipe
from training.rows import PRONOUNS, Example, Row, around_mark, company_names, mark, training_rows
from training.unlabelled import SOURCE as UNLABELLED
from training.unlabelled import unlabelled_rows

NO_TONE = frozenset(["semeval_ce", EVENTS, UNLABELLED, "cued"])
"""Sources whose labels are of the target alone, or too noisy, or missing."""


def all_rows(data: Path, recipe: Recipe) -> list[Row]:
    """The labelled rows of the recipe's sources, and the weakly labelled and unlabelled ones that it asks for."""
    rng = random.Random(recipe.seed)
    rows = training_rows(data, recipe)
    if EVENTS in recipe.sources:
        rows += event_rows(recipe.events, company_names(data), rng)
    return rows + (unlabelled_rows(data, rng) if UNLABELLED in recipe.sources else [])


def undisputed(rows: list[Row]) -> list[Row]:
    """One row per text whose targets all have the same label, without a span: its general tone."""
    by_text: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        if row.spans and row.source not in NO_TONE:
            by_text[row.text, row.source].add(row.label)
    return [Row(t, labels.pop(), source) for (t, source), labels in by_text.items() if len(labels) == 1]


def class_shares(rows: list[Row]) -> dict[str, tuple[float, ...]]:
    """Source → share of negative, neutral, positive rows; equal shares where there are no labels."""
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    for row in rows:
        counts[row.source][row.label] += 1
    if UNLABELLED in counts:
        counts[UNLABELLED] = Counter()
    return {s: tuple((c[label] + 1) / (c.total() + 3) for label in range(3)) for s, c in counts.items()}


class Epochs:
    """Draws the examples of each epoch; the same seed and epoch give the same examples."""

    def __init__(self, rows: list[Row], names: list[str], recipe: Recipe) -> None:
        self._recipe, self._names = recipe, names
        self._tone = undisputed(rows)
        self._by_source: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            self._by_source[row.source].append(row)

    def draw(self, epoch: int) -> list[Example]:
        """The examples of `epoch` (from 0), not yet ordered into batches."""
        rng = random.Random(f"{self._recipe.seed}/{epoch}")
        rows: list[Row] = []
        for source, taken in self._recipe.sources.items():
            pool, share = self._by_source[source], taken * self._recipe.share
            rows += pool * int(share) + rng.sample(pool, round(len(pool) * (share % 1)))
        rows += rng.sample(self._tone, round(len(self._tone) * self._recipe.tone_share * self._recipe.share))
        return [self._example(row, rng) for row in rows]

    def _example(self, row: Row, rng: random.Random) -> Example:
        trust = self._recipe.trust.get(row.source, 1.0)
        if not row.spans:
            return Example(around_mark(row.text), row.label, row.source, trust)
        if self._names and rng.random() < self._recipe.swap_share and row.target.lower() not in PRONOUNS:
            row = swap(row, rng.choice(self._names))
        spans = row.spans if rng.random() < self._recipe.mark_all_share else row.spans[:1]
        return Example(around_mark(mark(row.text, spans)), row.label, row.source, trust)


def swap(row: Row, name: str) -> Row:
    """`row` with every occurrence of its target replaced by `name`; the annotated one stays first."""
    pieces, spans, at, length = [], {}, 0, 0
    for start, end in sorted(row.spans):
        pieces += [row.text[at:start], name]
        length += start - at
        spans[start] = (length, length + len(name))
        length, at = length + len(name), end
    ordered = tuple(spans[start] for start, _ in row.spans)
    return Row("".join(pieces) + row.text[at:], row.label, row.source, ordered)
