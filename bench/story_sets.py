"""The sets of the bench `stories`, as mentions."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Hashable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from precall.ids import mention_id
from precall.model import Kind, Mention
from precall.names import registrable_domain

UNDATED = datetime(2009, 1, 1, tzinfo=UTC)


def ecbplus(data: Path) -> tuple[list[Mention], list[Hashable]]:
    """The documents, and the event of each."""
    rows = list(_lines(data / "ecbplus" / "docs.jsonl"))
    return [_mention(row["id"], *_headline_and_text(row["text"]), None) for row in rows], [r["cluster"] for r in rows]


def uci_news(data: Path) -> tuple[list[Mention], list[Hashable]]:
    """The headlines, oldest first, and the story of each."""
    rows = sorted(_lines(data / "uci_news" / "headlines.jsonl"), key=lambda row: (row["ts_ms"], row["id"]))
    mentions = [
        _mention(row["url"], row["title"], "", datetime.fromtimestamp(row["ts_ms"] / 1000, UTC), row["publisher"])
        for row in rows
    ]
    return mentions, [row["story"] for row in rows]


def copies(data: Path) -> list[list[str]]:
    """The addresses of each group of articles with the same lead."""
    with gzip.open(data / "newsapi-replay" / "syndication_silver.json.gz", "rt", encoding="utf-8") as opened:
        return [sorted({member["url"] for member in group["members"]}) for group in json.load(opened)]


def posts(data: Path) -> dict[str, list[tuple[Mention, str]]]:
    """By company, oldest first: each post, and the id of the post that it is or repeats."""
    found: dict[str, list[tuple[Mention, str]]] = defaultdict(list)
    rows = sorted(_lines(data / "stocknet" / "tweets.jsonl.gz"), key=lambda row: (row["created_at"], row["id"]))
    for row in rows:
        found[row["ticker"]].append((_post(row), row.get("retweet_of") or row["id"]))
    return found


def articles(folder: Path) -> Iterator[Mention]:
    """The replayed news, each address once."""
    seen = set()
    for path in sorted(folder.glob("articles-*.jsonl.gz")):
        for row in _lines(path):
            if row["url"] not in seen:
                seen.add(row["url"])
                moment = datetime.fromisoformat(row["publishedAt"])
                text = f"{row['description'] or ''}\n{row['content'] or ''}"
                yield _mention(row["url"], row["title"], text, moment, row["source"] or "")


def _post(row: dict[str, Any]) -> Mention:
    moment = datetime.fromisoformat(row["created_at"])
    post = _mention(row["id"], row["text"], row["text"], moment, row["author"])
    return post.model_copy(update={"kind": Kind.SOCIAL, "outlet": row["author"]})


def _mention(key: str, title: str, text: str, moment: datetime | None, publisher: str = "") -> Mention:
    url = key if "://" in key else f"https://set.example/{key}"
    return Mention(
        id=mention_id(url),
        source="set",
        kind=Kind.NEWS,
        url=url,
        outlet=registrable_domain(urlsplit(url).hostname or ""),
        outlet_name=publisher,
        title=title,
        text=text,
        published_at=moment,
        fetched_at=moment or UNDATED,
    )


def _headline_and_text(document: str) -> tuple[str, str]:
    """The first line that is no address, and the rest."""
    lines = [line for line in document.split("\n") if line.strip() and not line.replace(" ", "").startswith("http")]
    return (lines[0], " ".join(lines[1:])) if lines else (document, "")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as opened:
        yield from map(json.loads, opened)
