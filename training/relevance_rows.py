"""The mentions that relevance is learnt from: the labelled set, and further names that we labelled in replayed news.

`relevance_labels.json` has the ids and labels of the latter (2 about the prospect, 1 really mentioned, 0 a namesake or
a word) and what a lead would say of each company; their texts are looked up in the data.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from precall.ids import mention_id
from precall.model import Account, Kind, Mention, Prospect
from precall.names import registrable_domain
from training.rows import read_jsonl

LABELS = Path(__file__).with_name("relevance_labels.json")


@dataclass(frozen=True)
class Labelled:
    """One labelled mention; `further` when it is one of ours, beside the set."""

    prospect: Prospect
    mention: Mention
    label: int
    further: bool = False


def labelled_set(data: Path) -> list[Labelled]:
    """The rows of relevance/mentions.jsonl, oldest first."""
    rows: list[dict[str, Any]] = list(read_jsonl(data / "relevance" / "mentions.jsonl"))
    return _oldest_first(Labelled(_prospect(row["prospect"]), _mention(row), int(row["label"])) for row in rows)


def further_names(data: Path) -> list[Labelled]:
    """The rows that we labelled, oldest first; none where the replayed news are absent."""
    known = json.loads(LABELS.read_text(encoding="utf-8"))
    prospects = {key: _prospect(row) for key, row in known["prospects"].items()}
    found = []
    for path in sorted((data / "newsapi-replay").glob("articles-*.jsonl.gz")):
        for row in _rows(path):
            for key, label in known["labels"].get(row_id(row["url"]), {}).items():
                found.append(Labelled(prospects[key], _mention(row), label, further=True))
    return _oldest_first(found)


def row_id(url: str) -> str:
    """How the labels name an article."""
    return hashlib.sha256(url.encode()).hexdigest()[:12]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as opened:
        yield from map(json.loads, opened)


def _prospect(row: dict[str, str]) -> Prospect:
    return Prospect(account=Account(name=row["company"], domain=row["domain"], industry=row["industry"]))


def _mention(row: dict[str, Any]) -> Mention:
    published = datetime.fromisoformat(row["publishedAt"])
    return Mention(
        id=mention_id(row["url"]),
        source="newsapi",
        kind=Kind.NEWS,
        url=row["url"],
        outlet=registrable_domain(urlsplit(row["url"]).hostname or ""),
        outlet_name=row["source"] or "",
        title=row["title"] or "",
        text=row["description"] or "",
        published_at=published,
        fetched_at=published,
    )


def _oldest_first(rows: Any) -> list[Labelled]:
    return sorted(rows, key=lambda row: (row.mention.published_at, row.mention.id))
