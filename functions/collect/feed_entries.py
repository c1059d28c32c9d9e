"""One entry of a feed, out of what feedparser made of it."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from collect.authors import authors_of
from collect.dates import Dated, stated
from collect.links import canonical_url
from collect.plain import cut, summary_of, text_of_html, title_of
from precall.model import Precision

_DATES = ("published", "created", "updated")
"""Publication first; an update is a date of publication only where nothing else is."""
_TITLE_FROM_TEXT = 120


@dataclass(frozen=True)
class Entry:
    """One entry. `summary` and `content` (the whole text, where the feed carries it) are plain text, `guid` is the
    feed's own name for it, `contributors` are those it names beside its authors, `likes` what Media RSS counts."""

    title: str
    url: str
    published_at: datetime | None = None
    precision: Precision = Precision.SECOND
    summary: str = ""
    content: str = ""
    author: str | None = None
    contributors: tuple[str, ...] = ()
    outlet_name: str = ""
    outlet_url: str = ""
    guid: str = ""
    likes: int = 0

    @property
    def usable(self) -> bool:
        """Whether it can be told and opened."""
        return bool(self.title and self.url)


def entry_of(item: Any, base: str) -> Entry:
    """The entry of feedparser's `item`; links are relative to `base` where the feed says nothing else."""
    source = item.get("source") or {}
    dated = _dated(item)
    summary, content = summary_of(str(item.get("summary") or "")), _content(item)
    return Entry(
        title=_title(item) or cut((summary or content).partition("\n")[0], _TITLE_FROM_TEXT),
        url=next(filter(None, (canonical_url(link, base) for link in _links(item))), ""),
        published_at=dated.at if dated else None,
        precision=dated.precision if dated else Precision.SECOND,
        summary=summary,
        content=content,
        author=authors_of(list(_authors(item))),
        contributors=tuple(title_of(str(each.get("name") or "")) for each in item.get("contributors") or ()),
        outlet_name=title_of(str(source.get("title") or item.get("news_source") or "")),
        outlet_url=canonical_url(str(source.get("href") or "")),
        guid=str(item.get("id") or ""),
        likes=_likes(item),
    )


def _title(item: Any) -> str:
    detail = item.get("title_detail") or {}
    return title_of(str(item.get("title") or ""), "html" in str(detail.get("type") or ""))


def _links(item: Any) -> Iterator[str]:
    """The entry's page; a podcast's episode may have no other address than its file's."""
    yield str(item.get("feedburner_origlink") or "")
    yield str(item.get("link") or "")
    for link in item.get("enclosures") or ():
        yield str(link.get("href") or "")


def _dated(item: Any) -> Dated | None:
    """The first date that can be read: as it is written, which tells a day from a moment, else as feedparser does."""
    for name in _DATES:
        if not dict.__contains__(item, name):  # feedparser answers "published" where there is only "updated"
            continue
        found = stated(dict.get(item, name)) or _by_feedparser(dict.get(item, f"{name}_parsed"))
        if found:
            return found
    return None


def _by_feedparser(parsed: Any) -> Dated | None:
    try:
        return Dated.of(datetime.fromtimestamp(calendar.timegm(parsed), UTC)) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _authors(item: Any) -> Iterator[str]:
    """Where there is one, as it is written: feedparser takes addresses apart that have long top-level domains."""
    names = [str(detail.get("name") or "") for detail in item.get("authors") or ()]
    yield from names if len(names) > 1 else [str(item.get("author") or "")]


def _likes(item: Any) -> int:
    """YouTube gives the number of likes as the count of a rating by stars."""
    said = str((item.get("media_starrating") or {}).get("count") or "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0


def _content(item: Any) -> str:
    texts = [text_of_html(str(part.get("value") or "")) for part in item.get("content") or ()]
    return max(texts, key=len, default="")
