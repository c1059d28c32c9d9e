"""Job boards: the prospect's openings at Greenhouse, Lever and Ashby, one by one and counted.

Formats: developers.greenhouse.io/job-board.html, github.com/lever/postings-api, developers.ashbyhq.com (posting API).
None needs a key; a board that is not there answers 404.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from collect.batch import Batch
from collect.json_answers import at, items_of, json_of
from collect.links import outlet_of
from collect.plain import cut, text_of_html
from collect.posts import post
from collect.question import Question
from collect.sources.openings import PROVIDERS, Opening, Provider
from collect.sources.searching import Inquiry, inquire
from precall.fetch import Door, Page
from precall.model import AccountFact, Kind, Mention, TextOrigin

_MOST_COUNTED = 5_000
_MOST_DEPARTMENTS = 6
_MARKUP_READ, _LONGEST = 6_000, 1_000
"""Characters of a description that are read and kept: what the work is stands at its beginning."""
_BYTES = 8_000_000
_UNDATED = datetime.min.replace(tzinfo=UTC)
_LANGUAGE = re.compile("[a-z]{2}")


class JobBoards:
    """See the module."""

    name = "job_boards"
    label = "Job boards"
    waits = True

    def lacks(self, question: Question) -> str | None:
        """It needs a board, which the prospect's site links to."""
        return None if any(_boards(question)) else "no job board of the company is known"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each board."""
        return inquire(
            door,
            (
                Inquiry(
                    provider.api.format(token),
                    partial(parse, provider=provider, token=token, question=question),
                    limit=_BYTES,
                    may_be_absent=True,
                )
                for provider, token in _boards(question)
            ),
        )


def parse(page: Page, provider: Provider, token: str, question: Question) -> Batch:
    """The openings of a board, newest first, and its entry that counts all of them. Pure."""
    answer, flaw = json_of(page)
    rows = at(answer, "jobs") if isinstance(answer, dict) else answer
    if flaw or not isinstance(rows, list):
        return Batch(flaw=flaw or "the answer has no list of openings")
    openings, flaw = items_of(rows[:_MOST_COUNTED], provider.read, "openings")
    if not openings:
        return Batch(flaw=flaw)
    newest = sorted(openings, key=lambda opening: opening.published_at or _UNDATED, reverse=True)
    told = [opening for opening in newest if question.includes(opening.published_at)][: question.limit]
    mentions = [mention for opening in told for mention in _mention(opening, provider, question)]
    number = "1 opening" if len(openings) == 1 else f"{len(openings):,} openings"
    board = _board(f"{number}{_by_department(openings)}", provider, token, question)
    return Batch((board, *mentions), flaw, facts=(AccountFact(name="openings", value=number, mention_id=board.id),))


def _boards(question: Question) -> Iterator[tuple[Provider, str]]:
    for key, provider in PROVIDERS.items():
        for token in question.profile.boards_at(key):
            yield provider, quote(token, safe="")


def _by_department(openings: Sequence[Opening]) -> str:
    """ ": 12 Engineering, 8 Sales, 17 other"; "" where no department is given."""
    departments = Counter(opening.department for opening in openings if opening.department)
    known = departments.most_common(_MOST_DEPARTMENTS)
    other = len(openings) - sum(times for _, times in known)
    parts = [f"{times} {department}" for department, times in known] + ([f"{other} other"] if other else [])
    return f": {', '.join(parts)}" if known else ""


def _board(text: str, provider: Provider, token: str, question: Question) -> Mention:
    return _post(
        question,
        provider,
        kind=Kind.REFERENCE,
        url=provider.page.format(token),
        title=f"{question.prospect.label}: openings at {provider.label}",
        text=text,
    )


def _mention(opening: Opening, provider: Provider, question: Question) -> Iterator[Mention]:
    """The place stands in the title: the same work is often offered in several. Nothing for a link to nowhere."""
    where = " · ".join(part for part in (opening.department, opening.location) if part)
    about = cut(text_of_html(opening.markup[:_MARKUP_READ]), _LONGEST)
    try:
        mention = _post(
            question,
            provider,
            kind=Kind.JOB,
            url=opening.url,
            title=f"{opening.title} ({opening.location})" if opening.location else opening.title,
            text=f"{where}\n{about}",
            published_at=opening.published_at,
        )
    except ValueError:
        return
    language = opening.language if _LANGUAGE.fullmatch(opening.language or "") else None
    yield mention.model_copy(update={"language": language})


def _post(
    question: Question,
    provider: Provider,
    *,
    kind: Kind,
    url: str,
    title: str,
    text: str,
    published_at: datetime | None = None,
) -> Mention:
    return post(
        question,
        source=JobBoards.name,
        kind=kind,
        url=url,
        outlet=outlet_of(provider.page),
        outlet_name=provider.label,
        title=title,
        text=text,
        text_origin=TextOrigin.SNIPPET,
        published_at=published_at,
    )
