"""Stack Exchange's search for questions and answers (https://api.stackexchange.com/docs/excerpt-search).

300 requests a day for an address without a key, hence one for each site; texts are CC BY-SA.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator

from collect.batch import Batch
from collect.dates import from_epoch
from collect.json_answers import Row, at, batch_of, count, needed, number, string
from collect.naming import names_company, plain_queries
from collect.plain import text_of_html
from collect.posts import post
from collect.question import Question
from collect.sources.searching import DEADLINE
from precall.fetch import Door, FetchError, Page
from precall.fetch.threads import aside
from precall.model import Engagement, Kind, Mention, TextOrigin

URL = "https://api.stackexchange.com/2.3/search/excerpts"
_OWN_DOMAIN = {
    "askubuntu": "askubuntu.com",
    "mathoverflow": "mathoverflow.net",
    "mathoverflow.net": "mathoverflow.net",
    "serverfault": "serverfault.com",
    "stackapps": "stackapps.com",
    "stackoverflow": "stackoverflow.com",
    "superuser": "superuser.com",
}


class StackExchange:
    """See the module."""

    name = "stack_exchange"
    label = "Stack Exchange"
    waits = False

    def lacks(self, question: Question) -> str | None:
        """It needs a name or a domain, which every prospect has, and a site to ask."""
        if not question.tuning.stack_exchange.sites:
            return "precall.yaml names no site (sources.stack_exchange.sites)"
        return None if question.company else "the lead names no company that could be searched for"

    async def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """One site after the other: an answer may ask to wait (`backoff`), and the door then does."""
        shared = {
            "q": next(iter(plain_queries(question, 1, domain=False)), question.company[0].text),
            "fromdate": str(int(question.since.timestamp())),
            "todate": str(int(question.as_of.timestamp()) + 1),
            "sort": "creation",
            "order": "desc",
            "pagesize": str(min(question.limit, 100)),
        }
        for site in question.tuning.stack_exchange.sites:
            try:
                page = await door.get(URL, params={**shared, "site": site}, deadline=DEADLINE)
            except FetchError as error:
                yield Batch(flaw=f"{site} {error}")
            else:
                yield await aside(parse, page, question, site)


def parse(page: Page, question: Question, site: str) -> Batch:
    """The mentions of a search's answer. Pure."""
    return batch_of(page, "items", lambda item: _mention(item, question, host_of(site)), question.limit)


def host_of(site: str) -> str:
    """Where a site is that the API calls `site`: `serverfault` → `serverfault.com`, `devops` →
    `devops.stackexchange.com`, `pt.stackoverflow` → `pt.stackoverflow.com`."""
    if site in _OWN_DOMAIN:
        return _OWN_DOMAIN[site]
    parent = _OWN_DOMAIN.get(site.rpartition(".")[2])
    return f"{site.rpartition('.')[0]}.{parent}" if parent else f"{site}.stackexchange.com"


def _mention(item: Row, question: Question, host: str) -> Mention | None:
    """None where the search found something like the name only."""
    title, body = needed(item, "title"), text_of_html(string(item, "body"))
    excerpt = text_of_html(string(item, "excerpt"))
    if not names_company("\n".join((title, body, excerpt, *_tags(item))), question):
        return None
    is_answer = item.get("item_type") == "answer"
    path = f"a/{number(item, 'answer_id')}" if is_answer else f"questions/{number(item, 'question_id')}"
    return post(
        question,
        source=StackExchange.name,
        kind=Kind.FORUM,
        url=f"https://{host}/{path}",
        outlet=host,
        outlet_name=host,
        title=f"Answer to: {title}" if is_answer else title,
        text=body or excerpt,
        text_origin=TextOrigin.POST if body else TextOrigin.SNIPPET,
        published_at=from_epoch(at(item, "creation_date")),
        engagement=Engagement(points=count(item, "score"), comments=count(item, "answer_count")),
    )


def _tags(item: Row) -> list[str]:
    tags = item.get("tags")
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
