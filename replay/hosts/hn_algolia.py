"""``hn.algolia.com/api/v1``: Hacker News stories and comments as Algolia's JSON."""

from __future__ import annotations

from math import ceil
from typing import Any

from replay.algolia import Refused, checks, count, hit
from replay.items import HnItem
from replay.message import Answer, Request, as_json
from replay.nodes import Node, wanted_terms
from replay.query import parse_words
from replay.shelf import UNDATED, Window
from replay.web import Web, serves

MAX_HITS = 1000


@serves("hn.algolia.com")
def hn_algolia(request: Request, web: Web) -> Answer | None:
    """``search`` (most points first) and ``search_by_date`` (newest first)."""
    endpoint = request.path.removeprefix("/api/v1/")
    if endpoint not in ("search", "search_by_date"):
        return None
    try:
        return as_json(_search(request, web, by_date=endpoint == "search_by_date"))
    except Refused as refused:
        return as_json({"message": str(refused), "status": 400}, 400)


def _search(request: Request, web: Web, *, by_date: bool) -> dict[str, Any]:
    params = request.params
    wanted = checks(params)
    node = parse_words(params.get("query", ""))
    found = web.find_hn(node, Window(UNDATED, int(web.as_of.timestamp())))
    hits = [item for item in found if all(check(item) for check in wanted)]
    if not by_date:
        hits.sort(key=lambda item: item.points, reverse=True)
    return _page(hits, node, params, request.query)


def _page(hits: list[HnItem], node: Node, params: dict[str, str], raw: str) -> dict[str, Any]:
    size = min(count(params, "hitsPerPage", 20), MAX_HITS)
    page = count(params, "page", 0)
    reachable = hits[:MAX_HITS]
    words = _words(node)
    return {
        "hits": [hit(item, words) for item in reachable[page * size : (page + 1) * size]],
        "nbHits": len(hits),
        "page": page,
        "nbPages": ceil(len(reachable) / size) if size else 0,
        "hitsPerPage": size,
        "exhaustiveNbHits": True,
        "exhaustiveTypo": True,
        "query": params.get("query", ""),
        "params": f"{raw}&advancedSyntax=true&analyticsTags=backend",
        "processingTimeMS": 1,
    }


def _words(node: Node) -> list[str]:
    return [term.text for term in wanted_terms(node)]
