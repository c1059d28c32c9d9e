"""Lemmy's search for posts (https://join-lemmy.org/api, version 3) on the chosen instances, newest first."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import partial
from urllib.parse import urlsplit

from collect.batch import Batch
from collect.dates import from_iso
from collect.json_answers import Row, at, batch_of, count, needed, string
from collect.links import outlet_of
from collect.naming import names_company, plain_queries
from collect.posts import post
from collect.question import Question
from collect.sources.searching import answer
from collect.together import as_they_come
from precall.fetch import Door, Page
from precall.model import Engagement, Kind, Mention

_MOST_QUERIES = 2
_PAGE = "50"


class Lemmy:
    """See the module."""

    name = "lemmy"
    label = "Lemmy"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has, and an instance to ask."""
        if not question.tuning.lemmy.instances:
            return "precall.yaml names no instance (sources.lemmy.instances)"
        return None if question.company else "the lead names no company that could be searched for"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """Each instance for each query; a search by likeness, so that quotation marks would be looked for, too."""
        shared = {"type_": "Posts", "sort": "New", "listing_type": "All", "limit": _PAGE}
        return as_they_come(
            answer(
                door,
                f"https://{host}/api/v3/search",
                {"q": query.replace('"', ""), **shared},
                partial(parse, question=question),
            )
            for host in question.tuning.lemmy.instances
            for query in plain_queries(question, _MOST_QUERIES)
        )


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    return batch_of(page, "posts", partial(_mention, question=question), question.limit)


def _mention(view: Row, question: Question) -> Mention | None:
    """None for what was taken back or is not for work, for a bot's post, and for one that does not name the company."""
    title, text = needed(view, "post", "name"), string(view, "post", "body")
    gone = any(at(view, "post", flag) for flag in ("deleted", "removed", "nsfw")) or at(view, "creator", "bot_account")
    if gone or not names_company(f"{title}\n{text}\n{string(view, 'post', 'url')}", question):
        return None
    url = needed(view, "post", "ap_id")
    return post(
        question,
        source=Lemmy.name,
        kind=Kind.FORUM,
        url=url,
        outlet=outlet_of(url),
        outlet_name=f"{_at_host(view, 'community')} on Lemmy",
        title=title,
        text=text,
        author=_at_host(view, "creator"),
        published_at=from_iso(string(view, "post", "published")),
        engagement=Engagement(points=count(view, "counts", "score"), comments=count(view, "counts", "comments")),
    )


def _at_host(view: Row, role: str) -> str:
    """`warehousing@lemmy.example` of the community or the creator."""
    name, host = needed(view, role, "name"), _host(string(view, role, "actor_id"))
    return f"{name}@{host}" if host else name


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
