"""``api.gdeltproject.org``: DOC 2.0's list of articles and Context 2.0's list of sentences, as JSON.

Errors are plain text with status 200, as the real ones are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from replay.items import Article, host_of
from replay.message import Answer, Request, as_json, plain
from replay.nodes import wanted_terms
from replay.query import Query, parse
from replay.web import Web, serves

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_BARE_OR = re.compile(r"\([^()]*\)")


@serves("api.gdeltproject.org")
def gdelt(request: Request, web: Web) -> Answer | None:
    """``/api/v2/doc/doc`` and ``/api/v2/context/context`` in mode artlist."""
    if request.path not in ("/api/v2/doc/doc", "/api/v2/context/context"):
        return None
    asked = request.params.get("query", "")
    refused = _refused(asked)
    if refused:
        return plain(refused)
    query = _dated(parse(asked), request.params)
    most = int(request.params.get("maxrecords", "75"))
    whole = request.path.endswith("/doc")
    found = [_article(each) if whole else _sentence(each, query) for each in web.find_news(query)[:most]]
    articles = [each for each in found if each]
    return as_json({"articles": articles} if articles else {})


def _refused(asked: str) -> str | None:
    if any(len(phrase) < 5 for phrase in re.findall(r'"([^"]*)"', asked)):
        return "The specified phrase is too short.\n"
    if " OR " in _BARE_OR.sub("", asked):
        return "Queries containing OR'd terms must be surrounded by ().\n"
    return None


def _dated(query: Query, params: dict[str, str]) -> Query:
    since, until = (params.get(name, "") for name in ("startdatetime", "enddatetime"))
    return replace(query, after=_moment(since), before=_moment(until))


def _moment(text: str) -> datetime | None:
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC) if text.isdecimal() and len(text) == 14 else None


def _article(article: Article) -> dict[str, Any]:
    """GDELT splits words from the signs after them, and knows when it saw a page rather than when it is from."""
    return {
        "url": article.url,
        "url_mobile": "",
        "title": re.sub(r"(?<=\w)([,.:;!?])(?=\s|$)", r" \1", article.title),
        "seendate": f"{article.published or article.seen:%Y%m%dT%H%M00Z}",
        "socialimage": "",
        "domain": host_of(article.url).removeprefix("www."),
        "language": "English",
        "sourcecountry": "United States",
    }


def _sentence(article: Article, query: Query) -> dict[str, Any] | None:
    """The first sentence that has a term of the query."""
    terms = [term.text.lower() for term in wanted_terms(query.node)]
    sentences = _SENTENCE.split(" ".join(article.text.split()))
    found = next((each for each in sentences if any(term in each.lower() for term in terms)), None)
    return _article(article) | {"language": "ENGLISH", "sentence": found, "context": found} if found else None
