"""Mastodon: public hashtag timelines and search of the chosen instances, and the company's own account.

An instance may show them to members only: it then answers 401, or an empty list.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from collect.batch import Batch
from collect.dates import from_iso
from collect.feeds import language_of
from collect.json_answers import Row, at, count, json_of, line, mentions_of, needed, number, string
from collect.naming import hashtags, names_company, plain_queries
from collect.plain import text_of_html
from collect.posts import post
from collect.question import Question
from collect.sources.searching import answer
from collect.together import as_they_come
from precall.fetch import Door, FetchError, HttpStatus, Page
from precall.model import Engagement, Kind, Mention

_MOST_TAGS = 2
_PAGE = "40"
_HANDLE = re.compile(r"^@?([\w.-]{1,60})@([\w-]+(?:\.[\w-]+)+)$")
_MEMBERS_ONLY = frozenset({401, 403, 404, 422})
_PUBLIC = frozenset({"", "public", "unlisted"})
Work = Coroutine[Any, Any, Batch | None]


class Mastodon:
    """See the module."""

    name = "mastodon"
    label = "Mastodon"
    waits = True

    def lacks(self, question: Question) -> str | None:
        """It needs a name, or an account of the company."""
        if _own_handles(question) or (question.company and question.tuning.mastodon.instances):
            return None
        return "neither a name nor an account of the company is known"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """All instances and the company's own account at once."""
        own = [_own(handle, question, door) for handle in _own_handles(question)]
        instances = [work for host in question.tuning.mastodon.instances for work in _instance(host, question, door)]
        async with aclosing(as_they_come([*own, *instances])) as batches:
            async for batch in batches:
                if batch is not None:
                    yield batch


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a timeline, which is a list, or of a search's answer, which holds one. Pure."""
    answered, flaw = json_of(page)
    rows = answered if isinstance(answered, list) else at(answered, "statuses")
    if flaw or not isinstance(rows, list):
        return Batch(flaw=flaw or "the answer has no list of statuses")
    host = urlsplit(page.url).hostname or ""
    return mentions_of(rows[: question.limit], partial(_mention, question=question, host=host), "statuses")


def _instance(host: str, question: Question, door: Door) -> list[Work]:
    read = partial(parse, question=question)
    tags: list[Work] = [
        answer(door, f"https://{host}/api/v1/timelines/tag/{quote(tag, safe='')}", {"limit": _PAGE}, read)
        for tag in hashtags(question, _MOST_TAGS)
    ]
    return [*tags, *(_search(host, query, question, door) for query in plain_queries(question, 1, domain=False))]


async def _search(host: str, query: str, question: Question, door: Door) -> Batch | None:
    """None where posts are searched for members only, as on most instances: that is neither an answer nor a flaw."""
    params = {"q": query, "type": "statuses", "limit": _PAGE}
    try:
        return parse(await door.get(f"https://{host}/api/v2/search", params=params), question)
    except HttpStatus as error:
        return None if error.status in _MEMBERS_ONLY else Batch(flaw=str(error))
    except FetchError as error:
        return Batch(flaw=str(error))


async def _own(handle: tuple[str, str], question: Question, door: Door) -> Batch:
    """The account's posts; two requests, since an instance knows its accounts by number."""
    user, host = handle
    try:
        account, flaw = json_of(await door.get(f"https://{host}/api/v1/accounts/lookup", params={"acct": user}))
        if flaw:
            return Batch(flaw=flaw)
        url = f"https://{host}/api/v1/accounts/{number(account, 'id')}/statuses"
    except FetchError as error:
        return Batch(flaw=f"the company's account {error}")
    except ValueError:
        return Batch(flaw="the answer has no account")
    params = {"limit": _PAGE, "exclude_reblogs": "true", "exclude_replies": "true"}
    return await answer(door, url, params, partial(parse, question=question))


def _own_handles(question: Question) -> list[tuple[str, str]]:
    """User and host of each; what is no handle is nobody's."""
    found = (_HANDLE.match(handle) for handle in question.profile.handles_on("mastodon"))
    return list(dict.fromkeys((match[1].lower(), match[2].lower()) for match in found if match))


def _mention(status: Row, question: Question, host: str) -> Mention | None:
    """None for a post that is not meant for everybody, repeats another one, or does not name the company."""
    account = needed(status, "account", "acct")
    handle = (account if "@" in account else f"{account}@{host}").lower()
    own = handle in {"@".join(known) for known in _own_handles(question)}
    warning, said = line(status, "spoiler_text"), text_of_html(string(status, "content"))
    text = f"{warning}\n{said}" if warning else said
    if not _may_be_told(status, own) or not text or not (own or names_company(f"{text} {_tags(status)}", question)):
        return None
    return post(
        question,
        source=Mastodon.name,
        kind=Kind.FIRST_PARTY if own else Kind.SOCIAL,
        url=string(status, "url") or string(status, "uri"),
        outlet=handle,
        outlet_name=f"@{handle}",
        text=text,
        author=f"@{handle}",
        published_at=from_iso(string(status, "created_at")),
        language=language_of(at(status, "language")),
        engagement=Engagement(points=count(status, "favourites_count"), comments=count(status, "replies_count")),
    )


def _may_be_told(status: Row, own: bool) -> bool:
    """Public, nobody else's words, and of a person who does not ask search engines to stay away; a bot repeats."""
    if at(status, "reblog") or string(status, "visibility") not in _PUBLIC:
        return False
    return own or not (at(status, "account", "bot") or at(status, "account", "noindex"))


def _tags(status: Row) -> str:
    tags = at(status, "tags")
    return " ".join(line(tag, "name") for tag in tags) if isinstance(tags, list) else ""
