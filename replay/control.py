"""``/_replay/…``: what is loaded and what was asked."""

from __future__ import annotations

from replay.items import iso
from replay.journal import Journal
from replay.message import Answer, Request, as_json, not_found
from replay.web import Web, known_hosts

HOST = "_replay"


def control(request: Request, web: Web, journal: Journal) -> Answer:
    """``/_replay/health`` and ``/_replay/log`` as JSON."""
    if request.path == "/health":
        return as_json(_health(web))
    if request.path == "/log":
        return as_json(journal.entries())
    return not_found()


def _health(web: Web) -> dict[str, object]:
    corpus = web.corpus
    return {
        "status": "ok",
        "as_of": iso(web.as_of),
        "world": {
            "companies": {company.name: company.domain for company in web.world.companies.values()},
            "articles": len(web.world.news),
            "hn": len(web.world.hn),
        },
        "corpus": {"articles": len(corpus.news), "hn": len(corpus.hn)} if corpus else None,
        "hosts": sorted(known_hosts()),
    }
