"""Reddit's search as an Atom feed, about the company only.

Reddit's policy forbids matching its users to who they are elsewhere: the contact is never asked for. One request, since
an address may make about one a minute.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from functools import partial
from urllib.parse import urlsplit

from collect.batch import Batch
from collect.feeds import Entry, read_feed
from collect.posts import post
from collect.queries import any_of, quoted
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import DateOrigin, Kind, Mention

URL = "https://www.reddit.com/search.rss"
_PERIODS = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))
_THREAD = re.compile(r"^/r/([\w-]{2,50})/comments/\w+")
_TAIL = re.compile(r"\s*submitted by\s+/u/\S+.*$", re.DOTALL)
"""What Reddit appends to each post: who, where, "[link] [comments]"."""


class Reddit:
    """See the module."""

    name = "reddit"
    label = "Reddit"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has."""
        return None if question.company else "the lead names no company that could be searched for"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for all names."""
        period = next((name for days, name in _PERIODS if question.window_days <= days), "all")
        asked = {
            "q": query(question),
            "sort": "new",
            "t": period,
            "type": "link",
            "limit": str(min(question.limit, 100)),
        }
        return search(door, URL, [asked], partial(parse, question=question))


def query(question: Question) -> str:
    """`"Acme Robotics" OR ("Acme" AND ("acme.com" OR "robots"))`; of the contact nothing."""
    alone = [quoted(phrase.text) for phrase in question.company if not phrase.context]
    narrowed = [
        f"({quoted(phrase.text)} AND {any_of(phrase.context)})" for phrase in question.company if phrase.context
    ]
    return " OR ".join([*alone, *narrowed])


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    feed = read_feed(page, question.limit)
    return Batch(tuple(found for entry in feed.entries if (found := _mention(entry, question))), feed.flaw)


def _mention(entry: Entry, question: Question) -> Mention | None:
    """None for what is no thread: communities and users are found, too."""
    thread = _THREAD.match(urlsplit(entry.url).path)
    if not thread:
        return None
    found = post(
        question,
        source=Reddit.name,
        kind=Kind.FORUM,
        url=entry.url,
        outlet="reddit.com",
        outlet_name=f"r/{thread[1]} on Reddit",
        title=entry.title,
        text=_TAIL.sub("", entry.content or entry.summary),
        author=(entry.author or "").lstrip("/"),
        published_at=entry.published_at,
    )
    return found.model_copy(update={"published_from": DateOrigin.FEED}) if found.published_at else found
