"""Bluesky: what the company itself posts (`app.bsky.feed.getAuthorFeed`, https://docs.bsky.app), without a key.

Its search needs an account's password; collect's role can reach no secret, so that it is not asked
(see docs/decisions.md).
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from functools import partial

from collect.batch import Batch
from collect.dates import from_iso
from collect.feeds import language_of
from collect.json_answers import Row, at, batch_of, count, needed, string
from collect.posts import post
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import Engagement, Kind, Mention

URL = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed"
_MOST_ACCOUNTS = 2
_POST = re.compile(r"^at://(did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/([\w.~:-]{1,512})$")
_HIDDEN = "!no-unauthenticated"
"""The label of accounts that want to be shown to members only."""


class Bluesky:
    """See the module."""

    name = "bluesky"
    label = "Bluesky"
    waits = True

    def lacks(self, question: Question) -> str | None:
        """It needs an account of the company."""
        known = question.profile.handles_on("bluesky")
        return None if known else "no Bluesky account of the company is known"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each account; replies are left out."""
        actors = question.profile.handles_on("bluesky")[:_MOST_ACCOUNTS]
        asked = [
            {"actor": actor.removeprefix("@"), "filter": "posts_no_replies", "limit": str(min(question.limit, 100))}
            for actor in actors
        ]
        return search(door, URL, asked, partial(parse, question=question))


def parse(page: Page, question: Question) -> Batch:
    """The mentions of an author's feed. Pure."""
    return batch_of(page, "feed", partial(_mention, question=question), question.limit)


def _mention(item: Row, question: Question) -> Mention | None:
    """None for somebody else's post that was repeated, for one without words, and where only members may read."""
    handle = needed(item, "post", "author", "handle")
    found = _POST.match(needed(item, "post", "uri"))
    if not found:
        raise ValueError("post.uri is no post")
    text = string(item, "post", "record", "text")
    if at(item, "reason") or not text.strip() or _is_hidden(item):
        return None
    languages = at(item, "post", "record", "langs")
    moments = (from_iso(string(item, "post", *path)) for path in (("record", "createdAt"), ("indexedAt",)))
    return post(
        question,
        source=Bluesky.name,
        kind=Kind.FIRST_PARTY,
        url=f"https://bsky.app/profile/{handle if handle != 'handle.invalid' else found[1]}/post/{found[2]}",
        outlet=handle,
        outlet_name=f"@{handle}",
        text=text,
        author=f"@{handle}",
        # an author may write any date; the network's own is when it first saw the post
        published_at=min((moment for moment in moments if moment), default=None),
        language=language_of(languages[0]) if isinstance(languages, list) and languages else None,
        engagement=Engagement(points=count(item, "post", "likeCount"), comments=count(item, "post", "replyCount")),
    )


def _is_hidden(item: Row) -> bool:
    labels = at(item, "post", "author", "labels")
    return isinstance(labels, list) and any(string(label, "val") == _HIDDEN for label in labels)
