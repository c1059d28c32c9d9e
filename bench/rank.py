"""Bench `rank`: how long a ranking takes, and how it grows; `--ablate`: what each part gains, by leaving it out.

The texts are real articles, each with a made-up prospect put before its headline, so that every one is about it;
smaller numbers are taken evenly from the largest. Sentiment is left out. All-pairs TF-IDF is timed in the same run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.ablation import ablations
from bench.report import Figure, Report
from bench.story_sets import articles
from precall.config import Ranking as RankingConfig
from precall.model import Account, Collection, Mention, Prospect
from rank.average_link import Matrix
from rank.embedding import embed
from rank.logic import rank
from rank.words import bag, cosine, vectors

SIZES = (100, 1_000, 10_000)
WITH_ENCODER_S, OUTSIDE_S, GROWTH = 2.5, 0.7, 1.2
"""Limits for 1,000 mentions, where we aim at 1.5 and 0.3 s, and for the exponent of the growth from 1,000 to 10,000
outside the encoder: that of the processor's time, which depends less on what else runs."""
TRIES, TRIES_OF_MANY = 7, 3
"""Of sizes up to 1,000, and of more; the best counts, because whatever else runs only adds to it."""
PROSPECT = Prospect(account=Account(name="Kestrelon Logistics", domain="kestrelon.example", industry="logistics"))
AS_OF = datetime(2022, 6, 1, tzinfo=UTC)


class Timed:
    """The encoder, and what it took: seconds, and seconds of the processor."""

    def __init__(self) -> None:
        self.seconds = self.processor = 0.0

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """What `embed` gives."""
        began, worked = time.perf_counter(), time.process_time()
        found = embed(texts)
        self.seconds += time.perf_counter() - began
        self.processor += time.process_time() - worked
        return found


def run(data: Path | None = None, ablate: bool = False) -> Report:
    """Speed; with `ablate` the gains instead. Skipped where the replayed news are absent."""
    report = Report("rank")
    if data is None or not (data / "newsapi-replay").is_dir():
        report.skipped.append("rank: no newsapi-replay in the data folder")
    elif ablate:
        report.figures += ablations(data)
    else:
        report.figures += _speed(data / "newsapi-replay")
    return report


def _speed(folder: Path) -> list[Figure]:
    mentions = [_about_them(mention) for mention in islice(articles(folder), max(SIZES))]
    taken = {size: mentions[:: max(SIZES) // size] for size in SIZES}
    _timed(mentions[:50])
    figures, outside, worked = [], {}, {}
    for size in SIZES:
        tries = [_timed(taken[size]) for _ in range(TRIES if size <= 1_000 else TRIES_OF_MANY)]
        whole, outside[size], worked[size] = (min(column) for column in zip(*tries, strict=True))
        limits = (WITH_ENCODER_S, OUTSIDE_S) if size == 1_000 else (None, None)
        figures.append(Figure(f"{size} mentions", "s with the encoder", whole, limits[0]))
        figures.append(Figure(f"{size} mentions", "s outside the encoder", outside[size], limits[1]))
    figures.append(Figure("growth", "exponent of the time", math.log10(outside[10_000] / outside[1_000])))
    figures.append(Figure("growth", "exponent of the processor", math.log10(worked[10_000] / worked[1_000]), GROWTH))
    peer = _all_pairs(taken[1_000])
    figures.append(Figure("1000 mentions", "s of all-pairs TF-IDF", peer))
    return [*figures, Figure("1000 mentions", "outside the encoder, of all-pairs TF-IDF", outside[1_000] / peer)]


def _timed(mentions: Sequence[Mention]) -> tuple[float, float, float]:
    """Seconds of a ranking, those outside the encoder, and the processor's outside it."""
    collection = Collection(
        lead_id="lead",
        research_id="research",
        prospect=PROSPECT,
        as_of=AS_OF,
        window_days=365,
        mentions=tuple(mentions),
    )
    encoder, began, worked = Timed(), time.perf_counter(), time.process_time()
    rank(collection, RankingConfig(window_days=365), embed=encoder)
    whole, processor = time.perf_counter() - began, time.process_time() - worked
    return whole, whole - encoder.seconds, processor - encoder.processor


def _all_pairs(mentions: Sequence[Mention]) -> float:
    began = time.perf_counter()
    words = vectors([bag(mention.title, mention.text) for mention in mentions])
    for at, one in enumerate(words):
        for other in words[at + 1 :]:
            cosine(one, other)
    return time.perf_counter() - began


def _about_them(mention: Mention) -> Mention:
    return mention.model_copy(update={"title": f"Kestrelon: {mention.title}"})
