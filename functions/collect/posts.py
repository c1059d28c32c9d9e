"""What people post: a mention whose title, where the author gave none, is the first sentence of the post."""

from __future__ import annotations

import re
from datetime import datetime

from collect.links import canonical_url
from collect.plain import cut, text_of, title_of
from collect.question import Question
from precall.ids import mention_id
from precall.model import DateOrigin, Engagement, Kind, Mention, TextOrigin

_LONGEST_TITLE = 140
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s")


def post(
    question: Question,
    *,
    source: str,
    kind: Kind,
    url: str,
    outlet: str,
    outlet_name: str,
    text: str,
    title: str = "",
    text_origin: TextOrigin = TextOrigin.POST,
    author: str | None = None,
    published_at: datetime | None = None,
    language: str | None = None,
    engagement: Engagement | None = None,
) -> Mention:
    """The mention of a post at its permalink `url`; `title` is the author's own, where there is one.

    ValueError for what has no address that a reader could open, or says nothing.
    """
    address, said = canonical_url(url), text_of(text)
    title = title or first_sentence(said)
    if not address or not title:
        raise ValueError("a post without an address or without a word")
    return Mention(
        id=mention_id(address),
        source=source,
        kind=kind,
        url=address,
        outlet=outlet,
        outlet_name=outlet_name,
        title=title,
        text=said,
        text_origin=text_origin if said else TextOrigin.NONE,
        author=author or None,
        published_at=published_at,
        published_from=DateOrigin.API if published_at else None,
        fetched_at=question.asked_at,
        language=language,
        engagement=engagement,
    )


def first_sentence(text: str) -> str:
    """What a post without a title is listed under: its first sentence as one line of at most 140 characters."""
    opening = text.strip().partition("\n")[0]
    return cut(title_of(_SENTENCE_END.split(opening, maxsplit=1)[0]), _LONGEST_TITLE)
