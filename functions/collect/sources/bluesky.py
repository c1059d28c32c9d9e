"""Bluesky: what the company itself posts (`app.bsky.feed.getAuthorFeed`, https://docs.bsky.app), without a key; and
what is said of it (`app.bsky.feed.searchPosts`), where the operator lets an account of theirs search (docs/sources.md).
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime, timedelta
from functools import partial

from collect.batch import Batch
from collect.dates import from_iso
from collect.editions import editions
from collect.feeds import language_of
from collect.json_answers import Row, at, batch_of, count, needed, string
from collect.naming import names_company, plain_queries
from collect.posts import post
from collect.queries import quoted
from collect.question import Question
from collect.sources.bluesky_session import Session
from collect.sources.searching import answer
from collect.together import as_they_come
from precall.fetch import Door, Page
from precall.model import Engagement, Kind, Mention

FEED = "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed"
_MOST_ACCOUNTS = 2
_MOST_NAMES = 2
_POST = re.compile(r"^at://(did:[a-z]+:[\w.:%-]+)/app\.bsky\.feed\.post/([\w.~:-]{1,512})$")
_HIDDEN = "!no-unauthenticated"
"""The label of accounts that want to be shown to members only."""
_UNFIT = frozenset({"porn", "sexual", "nudity", "graphic-media", "spam"})
"""What a post's author or Bluesky's moderation may say of it."""


class Bluesky:
    """See the module. Without a `session` nothing is searched."""

    name = "bluesky"
    label = "Bluesky"
    waits = True

    def __init__(self, session: Session | None = None) -> None:
        self._session = session

    def lacks(self, question: Question) -> str | None:
        """It needs an account of the company; for a search, a name."""
        if _own(question) or (self._session and question.company):
            return None
        return "no Bluesky account of the company is known"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each account, replies left out, and the searches, all at once."""
        feed, found = partial(parse, question=question), partial(parse_search, question=question)
        work = [answer(door, FEED, params, feed) for params in _feeds(question)]
        if self._session and question.company:
            search = self._session.search(door)
            work += [search.answer(params, found) for params in _searches(question)]
        async with aclosing(as_they_come(work)) as batches:
            async for batch in batches:
                yield batch


def parse(page: Page, question: Question) -> Batch:
    """The mentions of an author's feed. Pure."""
    return batch_of(page, "feed", partial(_mention, question=question), question.limit)


def parse_search(page: Page, question: Question) -> Batch:
    """The posts of a search's answer that name the company, or are its own. Pure."""
    return batch_of(page, "posts", partial(_found, question=question), question.limit)


def _feeds(question: Question) -> list[dict[str, str]]:
    limit = str(min(question.limit, 100))
    return [{"actor": actor, "filter": "posts_no_replies", "limit": limit} for actor in _own(question)[:_MOST_ACCOUNTS]]


def _searches(question: Question) -> list[dict[str, str]]:
    """The names in the languages of the prospect's editions, the domain in any; newest first, inside the window."""
    shared = {
        "sort": "latest",
        "since": _moment(question.since),
        "until": _moment(question.as_of + timedelta(seconds=1)),
        "limit": str(min(question.limit, 100)),
    }
    named = [
        {"q": query, "lang": edition.language, **shared}
        for edition in editions(question)
        for query in plain_queries(question, _MOST_NAMES, domain=False)
    ]
    return [*named, *([{"q": quoted(question.domain), **shared}] if question.domain else [])]


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _own(question: Question) -> list[str]:
    """The company's accounts, by handle or by id."""
    return [handle.removeprefix("@").lower() for handle in question.profile.handles_on("bluesky")]


def _found(row: Row, question: Question) -> Mention | None:
    """None also for what only looks like the company to the search, and for what is not fit for a brief."""
    labels = {string(label, "val") for label in _labels(row, "labels")}
    mention = None if labels & _UNFIT else _mention({"post": row}, question)
    if mention is None or {mention.outlet.lower(), string(row, "author", "did").lower()} & set(_own(question)):
        return mention
    named = names_company(mention.text, question)
    return mention.model_copy(update={"kind": Kind.SOCIAL}) if named else None


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
    return any(string(label, "val") == _HIDDEN for label in _labels(item, "post", "author", "labels"))


def _labels(row: Row, *path: str) -> list[object]:
    found = at(row, *path)
    return found if isinstance(found, list) else []
