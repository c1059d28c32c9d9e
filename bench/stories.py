"""Bench `stories`: do texts of one event come together, and do similar events stay apart? One set of parameters.

`ecbplus` (news documents, similar events side by side) and `uci_news` (bare headlines) have gold stories; all their
texts are clustered in one go. `newsapi` has groups of articles with the same lead at several hosts (recall only: they
lie among articles of their days), `stocknet` exact reposts among the posts about a company (without the encoder).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from bench.measures import b_cubed
from bench.report import Figure, Report
from bench.story_sets import UNDATED, articles, copies, ecbplus, posts, uci_news
from precall.model import Mention
from rank.embedding import embed
from rank.meaning import Embed, embeddings
from rank.stories import Event, events
from rank.words import bag, vectors

ECBPLUS, UCI_NEWS, ONE_STORY, COPIES, REPOSTS = 0.88, 0.86, 0.95, 0.85, 0.98
"""Floors; we aim at .92, .90 and .99 of the pairs in one story."""
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
    every = sorted(articles(data / "newsapi-replay"), key=lambda each: (each.published_at or UNDATED, each.id))
    placed = {each.url: each for each in every}
    groups = [[url for url in group if url in placed] for group in copies(data)]
    groups = sorted((g for g in groups if len(g) > 1), key=lambda g: placed[g[0]].published_at or UNDATED)
    together = recognised = pairs = 0
    for start in range(0, len(groups), GROUPS_AT_ONCE):
        some = groups[start : start + GROUPS_AT_ONCE]
        near = _around([placed[url] for group in some for url in group], every)
        told = found(near)
        story, text = _story_of(told, len(near)), _text_of(told, len(near))
        at = {mention.url: i for i, mention in enumerate(near)}
        for one, other in (pair for group in some for pair in combinations(group, 2)):
            pairs += 1
            together += story[at[one]] == story[at[other]]
            recognised += text[at[one]] == text[at[other]]
    return [
        Figure("newsapi", "pairs of copies", pairs),
        Figure("newsapi", "pairs in one story", together / pairs, ONE_STORY, "above"),
        Figure("newsapi", "pairs recognised as copies", recognised / pairs, COPIES, "above"),
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
    """Each repost with the first that said it, in one story, among the posts about the company."""
    together = pairs = 0
    for _, told in sorted(posts(data).items())[:COMPANIES]:
        mentions, repeated = zip(*told[:POSTS], strict=True)
        story = _story_of(found(mentions, None), len(mentions))
        first: dict[str, int] = {}
        for i, origin in enumerate(repeated):
            pairs += origin in first
            together += story[i] == story[first[origin]] if origin in first else 0
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
