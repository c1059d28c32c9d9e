"""Bench `evidence`: what the gate catches of briefs made false, and whether it lets true ones through.

Real briefs: those that the labelled articles of `relevance` give for their companies, each as of several moments.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.mutations import MUTATIONS, mutated
from bench.report import Figure, Report, percentile
from bench.rewrites import rewrites
from brief.compose import compose
from brief.evidence import Evidence
from brief.gate import check
from precall.config import Ranking, Seller
from precall.errors import Unsupported
from precall.ids import mention_id
from precall.model import (
    Account,
    Assignee,
    Assignment,
    Brief,
    Collection,
    Kind,
    Lead,
    Mention,
    Prospect,
    SourceReport,
    SourceState,
    TextOrigin,
)
from precall.names import registrable_domain
from rank.logic import rank

SEED, BRIEFS, FALSE = 20261122, 500, 500
CAUGHT, MOST_FALSE_ALARMS, GATE_MS = 0.99, 0, 20.0
LEAST_ARTICLES = 4
"""Articles of which a company's brief is made, at least."""


def run(data: Path | None = None) -> Report:
    """All figures."""
    report = Report("evidence")
    rows = data / "relevance" / "mentions.jsonl" if data else None
    if rows is None or not rows.is_file():
        report.skipped.append("relevance: no mentions.jsonl in the data folder")
        return report
    rng = random.Random(SEED)
    made = [(evidence, compose(evidence)) for evidence in _evidences(rows, rng)]
    alarms, seconds = _false_alarms(made)
    report.figures += [
        Figure("untouched", "briefs", len(made)),
        Figure("untouched", "false_alarms", alarms, MOST_FALSE_ALARMS),
        Figure("untouched", "gate_p95_ms", percentile(seconds, 0.95) * 1000, GATE_MS),
        *_caught(made, rng),
        *rewrites([evidence for evidence, _ in made], rng),
    ]
    return report


def _false_alarms(made: list[tuple[Evidence, Brief]]) -> tuple[int, list[float]]:
    alarms, seconds = 0, []
    for evidence, brief in made:
        began = perf_counter()
        alarms += _is_refused(Brief.model_validate_json(brief.model_dump_json()), evidence)
        seconds.append(perf_counter() - began)
    return alarms, seconds


def _caught(made: list[tuple[Evidence, Brief]], rng: random.Random) -> Iterator[Figure]:
    tried: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    names = list(MUTATIONS)
    while tried.total() < FALSE:
        evidence, brief = rng.choice(made)
        name = names[tried.total() % len(names)]
        false = mutated(brief, MUTATIONS[name], rng)
        if false is not None:
            tried[name] += 1
            caught[name] += _is_refused(false, evidence)
    yield Figure("false", "briefs", tried.total())
    yield Figure("false", "caught", caught.total() / tried.total(), CAUGHT, "above")
    yield from (Figure(name, "caught", caught[name] / tried[name]) for name in names)


def _is_refused(brief: Brief, evidence: Evidence) -> bool:
    try:
        check(brief, evidence)
    except Unsupported:
        return True
    return False


def _evidences(rows: Path, rng: random.Random) -> Iterator[Evidence]:
    """500 researches, each about a company of the file and as of a moment of its articles."""
    articles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in rows.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        articles[row["prospect"]["company"]].append(row)
    companies = [found for found in articles.values() if len(found) >= LEAST_ARTICLES]
    for number in range(BRIEFS):
        found = companies[number % len(companies)]
        some = rng.sample(found, rng.randint(LEAST_ARTICLES, len(found)))
        yield _evidence(f"lead-{number}", some)


def _evidence(lead_id: str, rows: list[dict[str, Any]]) -> Evidence:
    now = max(_moment(row) for row in rows) + timedelta(hours=2)
    known = rows[0]["prospect"]
    account = Account(name=known["company"], domain=known["domain"], industry=known.get("industry"))
    prospect = Prospect(account=account)
    collection = Collection(
        lead_id=lead_id,
        research_id=lead_id,
        prospect=prospect,
        as_of=now,
        window_days=120,
        mentions=tuple({mention.id: mention for mention in map(_mention, rows)}.values()),
        reports=(SourceReport(source="relevance", label="Archive", state=SourceState.ANSWERED, mentions=len(rows)),),
    )
    lead = Lead(id=lead_id, crm="none", acquired_at=now, correlation_id=lead_id, prospect=prospect, source="A fair")
    rep = Assignee(name="Tamsin Okwerebe", email="tamsin@seller.example", time_zone="America/New_York")
    assignment = Assignment(
        lead_id=lead_id, research_id=lead_id, rep=rep, reason="round robin", call_at=now + timedelta(hours=1),
        call_from="lead", assigned_at=now,
    )  # fmt: skip
    seller = Seller(name="Loftgrid Analytics", offers=("warehouse analytics",))
    return Evidence(lead, assignment, collection, rank(collection, Ranking(window_days=120)), (), now, seller)


def _mention(row: dict[str, Any]) -> Mention:
    return Mention(
        id=mention_id(row["url"]),
        source="relevance",
        kind=Kind.NEWS,
        url=row["url"],
        outlet=registrable_domain(row["url"]) or row["source"],
        outlet_name=row["source"],
        title=row["title"],
        text=row["description"] or "",
        text_origin=TextOrigin.SNIPPET,
        published_at=_moment(row),
        fetched_at=_moment(row),
    )


def _moment(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["publishedAt"]).astimezone(UTC)
