"""Bench `signals`: which trigger event a real headline shows for a company that it names, or none.

The labels (`signals_labels.tsv`: a mention's id, its kind, the company asked about; no text) were given by reading 270
headlines of `newsapi-replay`, drawn by loose words for each kind and at random, near misses among them. Errors were
looked at in the half `tuned` only; whoever labelled had read the other half too. The baseline is one list of words for
each kind, wherever they stand in the headline.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from bench.report import Figure, Report
from precall.headlines import headline
from precall.identity import identity_of
from precall.ids import mention_id
from precall.model import Account, Kind, Mention, Prospect
from rank.signals import SURE_ENOUGH, shows

LABELS = Path(__file__).parent / "signals_labels.tsv"
ARTICLES = "newsapi-replay/articles-*.jsonl.gz"
NONE = "none"
FLOOR = 0.75
KEYWORDS = {
    "funding": r"rais|fund|series [a-f]\b|\bipo\b|investment",
    "acquisition": r"acqui|merge|\bbuy|takeover|stake",
    "leadership": r"appoint|resign|steps? down|\bceo\b|chief|chairman|director",
    "layoffs": r"lay-?off|lays? off|laid off|job cuts|fires|sack",
    "hiring": r"hiring|\bhire|recruit|\bjobs\b",
    "partnership": r"partner|collab|joins hands|tie-?up|pact|contract",
    "expansion": r"expan|\bopens?\b|new (?:plant|store|office)|enters|set up",
    "earnings": r"profit|revenue|quarter|\bq[1-4]\b|earnings|results",
    "legal": r"sue|lawsuit|court|fine|probe|antitrust|penalty|raid",
    "outage": r"outage|breach|hack|\bdown\b|recall",
    "award": r"award|\bwins?\b|prize|\bbest\b|\branks?",
    "event": r"event|conference|summit|meeting|wwdc|\bhost",
    "launch": r"launch|unveil|introduc|announc|roll",
}
"""The baseline: the first kind with one of its words in the headline."""

Judge = Callable[[Mention, str], str]
Pairs = list[tuple[str, str]]


def run(data: Path | None = None) -> Report:
    """Macro-F1 over the thirteen kinds and "none", for each half, with the keyword baseline beside it."""
    report = Report("signals")
    headlines = dict(_headlines(data)) if data else {}
    rows = [(headlines[i], kind, company) for i, kind, company in _labels() if i in headlines]
    if not rows:
        report.skipped.append("newsapi-replay: not in the data folder")
        return report
    for name, half in (("tuned", 0), ("unseen", 1)):
        part = [row for row in rows if int(row[0].id, 16) % 2 == half]
        found = [(kind, patterns(mention, company)) for mention, kind, company in part]
        words = [(kind, keywords(mention, company)) for mention, kind, company in part]
        report.figures += [
            Figure(name, "headlines", len(part)),
            Figure(name, "macro-F1", macro_f1(found), FLOOR, "above"),
            Figure(name, "macro-F1 of keywords", macro_f1(words)),
        ]
        report.figures += [Figure(name, f"F1 {kind}", score) for kind, score in f1(found).items()]
    return report


def patterns(mention: Mention, company: str) -> str:
    """The surest kind of signal that the headline shows for `company`."""
    forms = identity_of(Prospect(account=Account(name=company))).forms
    found = [shown for shown in shows(headline(mention), forms, mention) if shown.confidence >= SURE_ENOUGH]
    return found[0].kind.value if found else NONE


def keywords(mention: Mention, company: str) -> str:
    """The baseline's kind; it does not ask what `company` has to do with it."""
    return next((kind for kind, words in KEYWORDS.items() if re.search(words, mention.title, re.IGNORECASE)), NONE)


def f1(pairs: Pairs) -> dict[str, float]:
    """F1 of each label that is given, from pairs (given, found)."""
    return {label: _f1(pairs, label) for label in sorted({given for given, _ in pairs})}


def macro_f1(pairs: Pairs) -> float:
    """The mean of the F1 of all labels that are given."""
    scores = f1(pairs)
    return sum(scores.values()) / len(scores)


def _f1(pairs: Pairs, label: str) -> float:
    both = sum(given == found == label for given, found in pairs)
    either = sum((given == label) + (found == label) for given, found in pairs)
    return 2 * both / either


def _labels() -> Iterator[tuple[str, str, str]]:
    for line in LABELS.read_text().splitlines():
        identifier, kind, company = line.split("\t")
        yield identifier, kind, company


def _headlines(data: Path) -> Iterator[tuple[str, Mention]]:
    """The labelled headlines that are in `data`, by id."""
    wanted = {identifier for identifier, _, _ in _labels()}
    for file in sorted(data.glob(ARTICLES)):
        with gzip.open(file, "rb") as lines:
            for line in lines:
                record = json.loads(line)
                if (identifier := mention_id(record["url"])) in wanted:
                    yield identifier, _mention(identifier, record)


def _mention(identifier: str, record: dict[str, str]) -> Mention:
    return Mention(
        id=identifier,
        source="bench",
        kind=Kind.NEWS,
        url=record["url"],
        outlet=record["source"] or "unknown",
        outlet_name=record["source"] or "unknown",
        title=record["title"],
        published_at=datetime.fromisoformat(record["publishedAt"]),
        fetched_at=datetime.fromisoformat(record["first_seen"]),
    )
