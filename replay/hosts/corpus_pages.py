"""Any host: the page of a corpus article, with the text that the corpus has of it."""

from __future__ import annotations

from replay.message import Answer, Request, html
from replay.pages import article_page
from replay.web import Web, serves


@serves("*")
def corpus_pages(request: Request, web: Web) -> Answer | None:
    """The article at the address, unless it was not yet public at the moment of the web."""
    article = web.corpus.page(request.url) if web.corpus else None
    if article is None or article.seen > web.as_of:
        return None
    return html(article_page(article, related=[]))
