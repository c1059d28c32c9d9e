"""Bench `stories`: do texts of one event come together, and do similar events stay apart? One set of parameters.

`ecbplus` (news documents, similar events side by side) and `uci_news` (bare headlines) have gold stories; all their
texts are clustered in one go. `newsapi` has groups of articles with the same lead at several hosts (recall only: they
lie among articles of their days), `stocknet` exact reposts among the posts about a company (without the encoder).
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.measures import b_cubed
from bench.report import Figure, Report
from precall.ids import mention_id
from precall.model import Kind, Mention
from precall.names import registrable_domain
from rank.embedding import embed
from rank.meaning import Embed, embeddings
from rank.stories import Event, events
from rank.words import bag, vectors

ECBPLUS, UCI_NEWS, ONE_STORY, COPIES, REPOSTS = 0.88, 0.86, 0.95, 0.85, 0.98
"""Floors; we aim at .92, .90 and .99 of the pairs in one story."""
UNDATED = datetime(2009, 1, 1, tzinfo=UTC)
AROUND = timedelta(hours=36)
"""Articles this near to a group of copies are clustered with it."""
MOST_AROUND = 300
GROUPS_AT_ONCE = 40
COMPANIES, POSTS = 12, 3000


def run(data: Path | None = None) -> Report:
    """All figures; a set that is absent is skipped."""
    report = Report("stories")
    for name, measured in (
        ("ecbplus/docs.jsonl", _ecbplus),
        ("uci_news/headlines.jsonl", _uci_news),
        ("newsapi-replay/syndication_silver.json.gz", _newsapi),
        ("stocknet/tweets.jsonl.gz", _stocknet),
    ):
        if data is None or not (data / name).exists():
            report.skipped.append(f"{name}: not in the data folder")
        else:
            report.figures += measured(data)
    return report


def found(mentions: Sequence[Mention], encoder: Embed | None = embed) -> list[Event]:
    """The events of mentions about whatever, oldest first."""
    words = vectors([bag(mention.title, mention.text) for mention in mentions])
    return events(mentions, words, embeddings(mentions, encoder, most=len(mentions)) if encoder else None)


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


def score(mentions: Sequence[Mention], gold: Sequence[Hashable], encoder: Embed | None) -> float:
    """B³ F of the stories found."""
    return b_cubed(gold, _story_of(found(mentions, encoder), len(mentions)))


def _ecbplus(data: Path) -> list[Figure]:
    return _clusterings("ecbplus", *ecbplus(data), ECBPLUS)


def _uci_news(data: Path) -> list[Figure]:
    return _clusterings("uci_news", *uci_news(data), UCI_NEWS)


def _clusterings(name: str, mentions: Sequence[Mention], gold: Sequence[Hashable], floor: float) -> list[Figure]:
    return [
        Figure(name, "texts", len(mentions)),
        Figure(name, "B3 F", score(mentions, gold, embed), floor, "above"),
        Figure(name, "B3 F without the encoder", score(mentions, gold, None)),
    ]


def _newsapi(data: Path) -> list[Figure]:
    """Pairs of copies, in one story and recognised as one text, each group among the articles around it."""
    folder = data / "newsapi-replay"
    with gzip.open(folder / "syndication_silver.json.gz", "rt", encoding="utf-8") as opened:
        silver = [{member["url"] for member in group["members"]} for group in json.load(opened)]
    every = sorted(articles(folder), key=lambda each: (each.published_at or UNDATED, each.id))
    placed = {each.url: each for each in every}
    groups = [sorted(u for u in group if u in placed) for group in silver]
    groups = sorted((g for g in groups if len(g) > 1), key=lambda g: placed[g[0]].published_at or UNDATED)
    together = copies = pairs = 0
    for start in range(0, len(groups), GROUPS_AT_ONCE):
        some = groups[start : start + GROUPS_AT_ONCE]
        near = _around([placed[url] for group in some for url in group], every)
        told = found(near)
        story, text = _story_of(told, len(near)), _text_of(told, len(near))
        at = {mention.url: i for i, mention in enumerate(near)}
        for one, other in (pair for group in some for pair in combinations(group, 2)):
            pairs += 1
            together += story[at[one]] == story[at[other]]
            copies += text[at[one]] == text[at[other]]
    return [
        Figure("newsapi", "pairs of copies", pairs),
        Figure("newsapi", "pairs in one story", together / pairs, ONE_STORY, "above"),
        Figure("newsapi", "pairs recognised as copies", copies / pairs, COPIES, "above"),
    ]


def _around(members: Sequence[Mention], every: Sequence[Mention]) -> list[Mention]:
    """The members and evenly chosen articles of their time, oldest first."""
    ids = {mention.id for mention in members}
    moments = [mention.published_at for mention in members if mention.published_at]
    start, end = min(moments) - AROUND, max(moments) + AROUND
    others = [m for m in every if m.published_at and start <= m.published_at <= end and m.id not in ids]
    chosen = others[:: max(1, len(others) // MOST_AROUND)]
    return sorted([*members, *chosen], key=lambda each: (each.published_at or UNDATED, each.id))


def _stocknet(data: Path) -> list[Figure]:
    """Pairs of a post and its repost, in one story, among the posts about the company."""
    by_company: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _lines(data / "stocknet" / "tweets.jsonl.gz"):
        by_company[row["ticker"]].append(row)
    together = pairs = 0
    for ticker in sorted(by_company)[:COMPANIES]:
        rows = sorted(by_company[ticker], key=lambda row: (row["created_at"], row["id"]))[:POSTS]
        mentions = [_post(row) for row in rows]
        story = _story_of(found(mentions, None), len(mentions))
        first: dict[str, int] = {}
        for i, row in enumerate(rows):
            if origin := row.get("retweet_of"):
                together += story[i] == story[first.setdefault(origin, i)] if origin in first else 0
                pairs += origin in first
                first.setdefault(origin, i)
    return [
        Figure("stocknet", "pairs of reposts", pairs),
        Figure("stocknet", "pairs in one story", together / max(1, pairs), REPOSTS, "above"),
    ]


def _story_of(told: Iterable[Event], count: int) -> list[int]:
    of = [-1] * count
    for number, event in enumerate(told):
        for i in event.mentions:
            of[i] = number
    return of


def _text_of(told: Iterable[Event], count: int) -> list[tuple[int, int]]:
    of = [(-1, -1)] * count
    for number, event in enumerate(told):
        for which, text in enumerate(event.texts):
            for i in text:
                of[i] = number, which
    return of


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
