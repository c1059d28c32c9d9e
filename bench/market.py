"""In the bench `relevance`: what tells of an account's market, among what a question about the market brings.

The labels (`market_labels.tsv`: a mention's id, its set, "market" or "not"; no text) were given by reading 198 articles
of `newsapi-replay` that have a word of a competitor's name or a phrase of the market and do not name the account, drawn
at random for eight sets. "market" is what happened to a competitor's business or to the market as a whole: not a
namesake, a mention in passing, a guide, a discount, a tip about shares, somebody's private affairs. The half `unseen`
was labelled after the rules of `rank.market` were written, and before they were run on it. Beside them stand two peers
on the same rows: everything that was brought, and whatever has a competitor's first word or a phrase in its headline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.measures import macro_f1
from bench.report import Figure
from bench.story_sets import articles
from precall.headlines import headline
from precall.market import MarketSettings
from precall.model import Mention
from rank.market import because

LABELS = Path(__file__).with_name("market_labels.tsv")
MACRO_F1, PRECISION = 0.75, 0.70
"""Floors, of each half."""
SETS = {
    "airlines": MarketSettings(
        competitors=("Delta Air Lines", "Southwest Airlines", "JetBlue", "Spirit Airlines"),
        terms=("airline industry", "air travel", "jet fuel"),
    ),
    "electric vehicles": MarketSettings(
        competitors=("Tesla", "Lucid Motors", "NIO Inc.", "Polestar"), terms=("electric vehicle", "charging network")
    ),
    "streaming": MarketSettings(
        competitors=("Disney", "HBO Max", "Paramount Global", "Hulu"), terms=("streaming service",)
    ),
    "video games": MarketSettings(
        competitors=("Activision Blizzard", "Ubisoft", "Nintendo", "Take-Two"),
        terms=("cloud gaming", "video game industry"),
    ),
    "payments": MarketSettings(
        competitors=("PayPal", "Block, Inc.", "Klarna", "Affirm Holdings", "Paytm"),
        terms=("buy now, pay later", "digital payments"),
    ),
    "security": MarketSettings(
        competitors=("Okta", "Mandiant", "SentinelOne", "Palo Alto Networks"), terms=("ransomware attack", "zero trust")
    ),
    "grocery": MarketSettings(
        competitors=("Target Corporation", "Costco", "Kroger", "Instacart"), terms=("grocery delivery",)
    ),
    "semiconductors": MarketSettings(terms=("semiconductor industry", "semiconductor market", "semiconductor sector")),
}
"""As somebody would write them in precall.yaml; the last is what an industry without settings gives."""
Pairs = list[tuple[bool, bool]]


def figures(folder: Path) -> list[Figure]:
    """All figures, of both halves."""
    rows = _rows(folder)
    found: list[Figure] = []
    for name, half in (("market, tuned", 0), ("market, unseen", 1)):
        part = {key: [(m, told) for m, told in each if int(m.id, 16) % 2 == half] for key, each in rows.items()}
        judged = [pair for key, each in part.items() for pair in _judged(SETS[key], each)]
        words = [pair for key, each in part.items() for pair in _by_words(SETS[key], each)]
        found += [
            Figure(name, "rows", len(judged)),
            Figure(name, "macro-F1", _macro_f1(judged), MACRO_F1, "above"),
            Figure(name, "precision", _share(judged, of_found=True), PRECISION, "above"),
            Figure(name, "recall", _share(judged, of_found=False)),
            Figure(name, "everything brought, macro-F1", _macro_f1([(told, True) for told, _ in judged])),
            Figure(name, "a word in the headline, macro-F1", _macro_f1(words)),
        ]
    return found


def _judged(market: MarketSettings, rows: list[tuple[Mention, bool]]) -> Pairs:
    said = because(market, [mention for mention, _ in rows])
    return [(told, bool(why)) for (_, told), why in zip(rows, said, strict=True)]


def _by_words(market: MarketSettings, rows: list[tuple[Mention, bool]]) -> Pairs:
    needles = [*(name.split()[0].casefold().strip(",") for name in market.competitors), *market.terms]
    return [(told, any(word in headline(mention).casefold() for word in needles)) for mention, told in rows]


def _macro_f1(pairs: Pairs) -> float:
    return macro_f1([told for told, _ in pairs], [found for _, found in pairs])


def _share(pairs: Pairs, of_found: bool) -> float:
    """Precision, or recall."""
    both = sum(told and found for told, found in pairs)
    return both / max(1, sum(found if of_found else told for told, found in pairs))


def _rows(folder: Path) -> dict[str, list[tuple[Mention, bool]]]:
    """The labelled articles of each set, oldest first."""
    labels = {identifier: (key, told) for identifier, key, told in _labels()}
    rows: dict[str, list[tuple[Mention, bool]]] = defaultdict(list)
    for mention in articles(folder):
        if mention.id in labels:
            key, told = labels[mention.id]
            rows[key].append((mention, told))
    return {key: sorted(each, key=lambda row: row[0].published_at or row[0].fetched_at) for key, each in rows.items()}


def _labels() -> Iterator[tuple[str, str, bool]]:
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        identifier, key, told = line.split("\t")
        yield identifier, key, told == "market"
