"""Real articles from a folder, as documented JSONL, searchable as of any moment.

``newsapi-replay/articles-*.jsonl.gz``: url, title, source, author, description, content, publishedAt,
first_seen. ``hn/stories.jsonl.gz``: objectID, title, url, points, num_comments, author, created_at.
"""

from __future__ import annotations

import gc
import gzip
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from replay.items import Article, HnItem, host_of
from replay.shelf import Row, Shelf

ARTICLES = "newsapi-replay/articles-*.jsonl.gz"
STORIES = "hn/stories.jsonl.gz"
_TAIL = re.compile(r"\s*…?\s*\[\+\d+ chars\]$")


class CorpusMissing(Exception):
    """The data folder is not there, or holds no articles."""


class Corpus:
    """Articles by search and by address, and Hacker News stories by search."""

    def __init__(self, folder: Path) -> None:
        """Load everything; CorpusMissing names the folder when there is nothing to load."""
        if not folder.is_dir():
            raise CorpusMissing(f"the data folder {folder} does not exist")
        files = sorted(folder.glob(ARTICLES))
        if not files:
            raise CorpusMissing(f"the data folder {folder} has no {ARTICLES}")
        self._lines: list[bytes] = []
        self._by_page: dict[str, int] = {}
        with _without_collector():
            self.news: Shelf[Article] = Shelf(self._rows(files), self._article)
            self._stories = list(_stories(folder / STORIES))
            self.hn: Shelf[HnItem] = Shelf((item.row() for item in self._stories), self._stories.__getitem__)

    def page(self, url: str) -> Article | None:
        """The article at an address, whatever its scheme."""
        number = self._by_page.get(_page_key(url))
        return None if number is None else self._article(number)

    def _rows(self, files: list[Path]) -> Iterator[Row]:
        for line in _lines(files):
            record = json.loads(line)
            self._by_page.setdefault(_page_key(record["url"]), len(self._lines))
            self._lines.append(line)
            yield _row(record)

    def _article(self, number: int) -> Article:
        return _article(json.loads(self._lines[number]))


def _lines(files: list[Path]) -> Iterator[bytes]:
    for file in files:
        with gzip.open(file, "rb") as lines:
            yield from lines


def _row(record: dict[str, Any]) -> Row:
    published, seen = _moment(record["publishedAt"]), _moment(record["first_seen"])
    return Row(
        title=record["title"] or "",
        body=f"{record['description'] or ''}\n{record['content'] or ''}",
        host=_page_key(record["url"]).partition("/")[0].lower(),
        published=int(published.timestamp()),
        visible=int(max(published, seen).timestamp()),
    )


def _article(record: dict[str, Any]) -> Article:
    published, seen = _moment(record["publishedAt"]), _moment(record["first_seen"])
    address, source = urlsplit(record["url"]), record["source"] or host_of(record["url"])
    texts = (record["description"] or "", _TAIL.sub("", record["content"] or ""))
    return Article(
        url=record["url"],
        title=(record["title"] or "").removesuffix(f" - {source}"),
        outlet=source,
        outlet_url=f"{address.scheme}://{address.netloc}",
        paragraphs=tuple(text for text in texts if text),
        seen=max(published, seen),
        published=published,
        author=record["author"] or "",
    )


def _stories(file: Path) -> Iterator[HnItem]:
    if not file.exists():
        return
    for line in _lines([file]):
        record = json.loads(line)
        yield HnItem(
            number=int(record["objectID"]),
            author=record["author"] or "",
            created=_moment(record["created_at"]),
            title=record["title"] or "",
            url=record["url"] or "",
            points=record["points"] or 0,
            comments=record["num_comments"] or 0,
        )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _page_key(url: str) -> str:
    return url.partition("://")[2]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Collecting garbage while millions of objects are made, none of them garbage, doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
