"""What each part gains: the same measure without it, relevance fitted again, stories clustered again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench.ablation_score import of_the_score
from bench.relevance import leave_company_out, them_or_not
from bench.report import Figure
from bench.stories import score
from bench.story_sets import ecbplus, uci_news
from rank.embedding import embed
from rank.meaning import FEATURES
from training.relevance import Example, examples
from training.relevance_rows import further_names, labelled_set

PARTS = {
    "the encoder": FEATURES,
    "the neighbours' topics": ("near_fits", "near_topics"),
    "the name's surroundings": (
        "opens", "acts", "possessive", "company", "after_name", "before_name", "other",
    ),
    "everyday use of the name": ("lower", "everyday"),
    "the industry's words": ("industry",),
}  # fmt: skip


def ablations(data: Path) -> list[Figure]:
    """Points of macro-F1 and of B³ F that each part gains, and what each part of the score does to the order."""
    return [*_of_relevance(data), *_of_stories(data), *of_the_score(data)]


def _of_relevance(data: Path) -> list[Figure]:
    rows = examples([*labelled_set(data), *further_names(data)])
    whole = them_or_not(rows, leave_company_out(rows))
    gains = {name: whole - _without(rows, features) for name, features in PARTS.items()}
    return [Figure("relevance", f"gain of {name}", gain) for name, gain in gains.items()]


def _without(rows: Sequence[Example], features: Sequence[str]) -> float:
    """The measure when these features say the same of every mention."""
    blind = [replace(row, found={**row.found, **dict.fromkeys(features, 0.0)} if row.found else None) for row in rows]
    return them_or_not(blind, leave_company_out(blind))


def _of_stories(data: Path) -> list[Figure]:
    figures = []
    for name, read in (("ecbplus", ecbplus), ("uci_news", uci_news)):
        mentions, gold = read(data)
        gain = score(mentions, gold, embed) - score(mentions, gold, None)
        figures.append(Figure(name, "gain of the encoder", gain))
    return figures
