"""Hacker News through Algolia's search (https://hn.algolia.com/api): stories and comments as JSON."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from datetime import timedelta
from functools import partial
from typing import Any

from collect.batch import Batch
from collect.dates import from_epoch
from collect.feeds import what_it_is
from collect.phrases import Phrase
from collect.plain import text_of_html, title_of
from collect.queries import quoted
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.ids import mention_id
from precall.model import DateOrigin, Engagement, Kind, Mention, TextOrigin

URL = "https://hn.algolia.com/api/v1/search_by_date"
SITE = "news.ycombinator.com"
_MOST_QUERIES = 4


class HackerNews:
    """See the module."""

    name = "hacker_news"
    label = "Hacker News"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has."""
        return None if question.company else "the lead names no company that could be searched for"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One request for each query: the search knows no "or"."""
        end = question.as_of + timedelta(seconds=1)
        shared = {
            "tags": "(story,comment)",
            "numericFilters": f"created_at_i>{int(question.since.timestamp())},created_at_i<{int(end.timestamp())}",
            "hitsPerPage": str(question.limit),
            "typoTolerance": "false",
        }
        asked = [{"query": query, **shared} for query in queries(question)]
        return search(door, URL, asked, partial(parse, question=question))


def queries(question: Question) -> list[str]:
    """The names, the domain, and the contact with the company; a common word only with its best context."""
    domain = question.prospect.account.domain
    phrases = [*question.company, *([Phrase(domain)] if domain else [])]
    contact = [_query(question.contact)] if question.contact else []
    found = dict.fromkeys(map(_query, phrases))
    return [*list(found)[: _MOST_QUERIES - len(contact)], *contact]


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    try:
        answer = json.loads(page.text)
    except (ValueError, RecursionError):
        return Batch(flaw=f"the answer is {what_it_is(page, 'JSON')}")
    hits = answer.get("hits") if isinstance(answer, dict) else None
    if not isinstance(hits, list):
        return Batch(flaw="the answer has no list of hits")
    mentions = [_mention(hit, question) for hit in hits[: question.limit]]
    unusable = mentions.count(None)
    flaw = f"{unusable} of {len(mentions)} hits could not be read" if unusable else None
    return Batch(tuple(mention for mention in mentions if mention), flaw)


def _query(phrase: Phrase) -> str:
    return " ".join(map(quoted, (phrase.text, *phrase.context[:1])))


def _mention(hit: Any, question: Question) -> Mention | None:
    if not isinstance(hit, dict) or not str(hit.get("objectID") or "").isdecimal():
        return None
    title = title_of(_string(hit, "title") or _string(hit, "story_title"))
    if not title:
        return None
    text = text_of_html(_string(hit, "comment_text") or _string(hit, "story_text"))
    url = f"https://{SITE}/item?id={hit['objectID']}"
    published = from_epoch(hit.get("created_at_i"))
    return Mention(
        id=mention_id(url),
        source=HackerNews.name,
        kind=Kind.FORUM,
        url=url,
        outlet=SITE,
        outlet_name=HackerNews.label,
        title=title,
        text=text,
        text_origin=TextOrigin.POST if text else TextOrigin.NONE,
        author=title_of(_string(hit, "author")) or None,
        published_at=published,
        published_from=DateOrigin.API if published else None,
        fetched_at=question.asked_at,
        engagement=Engagement(points=_count(hit, "points"), comments=_count(hit, "num_comments")),
    )


def _string(hit: dict[str, Any], name: str) -> str:
    value = hit.get(name)
    return value if isinstance(value, str) else ""


def _count(hit: dict[str, Any], name: str) -> int:
    value = hit.get(name)
    return max(0, value) if isinstance(value, int) else 0
