"""Hacker News through Algolia's search (https://hn.algolia.com/api): stories and comments as JSON."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from functools import partial

from collect.batch import Batch
from collect.dates import from_epoch
from collect.json_answers import Row, at, batch_of, count, line, needed, number, string
from collect.naming import plain_queries
from collect.plain import text_of_html
from collect.posts import post
from collect.question import Question
from collect.sources.searching import search
from precall.fetch import Door, Page
from precall.model import Engagement, Kind, Mention

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
        """One request for each query: the search knows no "or". Names of users and of other people's stories do not
        count: a comment must name the company itself."""
        end = question.as_of + timedelta(seconds=1)
        shared = {
            "tags": "(story,comment)",
            "numericFilters": f"created_at_i>{int(question.since.timestamp())},created_at_i<{int(end.timestamp())}",
            "hitsPerPage": str(question.limit),
            "typoTolerance": "false",
            "restrictSearchableAttributes": "title,url,story_text,comment_text",
        }
        asked = [{"query": query, **shared} for query in queries(question)]
        return search(door, URL, asked, partial(parse, question=question))


def queries(question: Question) -> list[str]:
    """The names, the domain, and the contact with the company."""
    return plain_queries(question, _MOST_QUERIES, contact=True)


def parse(page: Page, question: Question) -> Batch:
    """The mentions of a search's answer. Pure."""
    return batch_of(page, "hits", partial(_mention, question=question), question.limit)


def _mention(hit: Row, question: Question) -> Mention:
    return post(
        question,
        source=HackerNews.name,
        kind=Kind.FORUM,
        url=f"https://{SITE}/item?id={number(hit, 'objectID')}",
        outlet=SITE,
        outlet_name=HackerNews.label,
        title=line(hit, "title") or f"Comment on: {needed(hit, 'story_title')}",
        text=text_of_html(string(hit, "comment_text") or string(hit, "story_text")),
        author=line(hit, "author"),
        published_at=from_epoch(at(hit, "created_at_i")),
        engagement=Engagement(points=count(hit, "points"), comments=count(hit, "num_comments")),
    )
