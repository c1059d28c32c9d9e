"""Reading the pages of the most promising mentions, for the text, date, author and language that their sources left
out."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from collect.article import read_article
from collect.completing import completed
from collect.links import outlet_of
from collect.merge import merged
from collect.question import Question
from collect.together import as_they_come
from precall.fetch import Door, FetchError
from precall.fetch.threads import aside
from precall.model import Kind, Mention, SourceReport, SourceState, TextOrigin

MOST_PAGES = 10
_MOST_OF_ONE_OUTLET = 2
_KINDS = frozenset({Kind.NEWS, Kind.FIRST_PARTY})
_HIDDEN = frozenset({"google.com"})
"""Whose links lead through themselves, and are not to be decoded."""
_HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"}
_LIMIT = 5_000_000
_PAGE_SECONDS = 4.0
_LITTLE_TIME = 0.3
"""Seconds: with less there is no use in beginning."""


@dataclass
class _Shelf:
    """What was read so far: a mention for the id of the one that it completes, and why others could not be."""

    read: dict[str, Mention] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


async def read(
    mentions: Sequence[Mention], question: Question, door: Door, seconds: float, cited: Iterable[str] = ()
) -> tuple[tuple[Mention, ...], SourceReport | None]:
    """`mentions` with the pages read of those `worth_reading`, as many as `seconds` allow, and a report; None when
    nothing was to be read. What turns out to be outside the window is left out. Mentions whose ids are `cited` by facts
    stay as they are. Never raises for a page."""
    wanted = worth_reading(mentions, question, set(cited))
    if not wanted or seconds < _LITTLE_TIME:
        return tuple(mentions), None
    began, shelf = time.monotonic(), _Shelf()
    with suppress(TimeoutError):
        async with (
            asyncio.timeout(seconds),
            aclosing(as_they_come(_page(mention, door, seconds, shelf) for mention in wanted)) as pages,
        ):
            async for _ in pages:
                pass
    known = (shelf.read.get(mention.id, mention) for mention in mentions)
    inside = merged(mention for mention in known if question.includes(mention.published_at))
    return inside, _report(len(wanted), shelf, time.monotonic() - began)


def worth_reading(mentions: Sequence[Mention], question: Question, cited: set[str]) -> list[Mention]:
    """Articles without a text or a date, those first that name the company in their title, then the newest; few of
    one outlet, and none of the market."""
    names = [phrase.text.casefold() for phrase in question.company]
    lacking = [mention for mention in mentions if mention.id not in cited and _lacks_something(mention)]
    lacking.sort(key=lambda mention: not any(name in mention.title.casefold() for name in names))
    taken: Counter[str] = Counter()
    chosen = []
    for mention in lacking:
        taken[mention.outlet] += 1
        if taken[mention.outlet] <= _MOST_OF_ONE_OUTLET:
            chosen.append(mention)
    return chosen[:MOST_PAGES]


def _lacks_something(mention: Mention) -> bool:
    if mention.kind not in _KINDS or mention.asked_for == "market" or outlet_of(mention.url) in _HIDDEN:
        return False
    return mention.published_at is None or mention.text_origin in (TextOrigin.NONE, TextOrigin.SNIPPET)


async def _page(mention: Mention, door: Door, seconds: float, shelf: _Shelf) -> None:
    try:
        page = await door.get(mention.url, headers=_HTML, limit=_LIMIT, deadline=min(seconds, _PAGE_SECONDS))
    except FetchError as error:
        shelf.failures.append(str(error))
        return
    article = await aside(read_article, page, mention.fetched_at)
    known = completed(mention, article)
    if known is mention:
        shelf.failures.append(f"had {article.barrier} instead of its article" if article.barrier else "had no article")
    else:
        shelf.read[mention.id] = known


def _report(wanted: int, shelf: _Shelf, took: float) -> SourceReport:
    read = len(shelf.read)
    states = {0: SourceState.FAILED, wanted: SourceState.ANSWERED}
    why = shelf.failures[0] if shelf.failures else "there was no more time"
    return SourceReport(
        source="articles",
        label="Articles",
        state=states.get(read, SourceState.PARTIAL),
        mentions=read,
        took_ms=round(took * 1000),
        reason=None if read == wanted else f"{read} of {wanted} pages could be read; one {why}",
    )
