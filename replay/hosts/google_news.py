"""``news.google.com/rss/search``: RSS 2.0 as Google News serves it, links opaque."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha512
from urllib.parse import quote_plus

from replay.items import Article, rfc822
from replay.message import Answer, Request, html, not_found, redirect, xml
from replay.query import parse
from replay.rss import element, text
from replay.web import Web, serves

_SHELL = '<!doctype html><title>Google News</title><c-wiz jsrenderer="aBcDeF"></c-wiz>'
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><generator>NFE/5.0</generator>'
)


@serves("news.google.com")
def google_news(request: Request, web: Web) -> Answer | None:
    """The search feed; an article link answers a page that needs JavaScript, as the real one does."""
    if request.path == "/rss/search":
        return _search(request, web)
    if request.path.startswith(("/rss/articles/", "/articles/")):
        return html(_SHELL)
    return None if request.path == "/robots.txt" else not_found()


def _search(request: Request, web: Web) -> Answer:
    asked = request.params.get("q", "")
    if not asked.strip():
        return redirect("https://news.google.com/rss?hl=en-US&gl=US&ceid=US:en")
    articles = web.find_news(parse(asked))
    items = "".join(_item(article) for article in articles)
    return xml(_HEAD + _channel(asked, web) + items + "</channel></rss>")


def _channel(asked: str, web: Web) -> str:
    link = f"https://news.google.com/search?q={quote_plus(asked)}&hl=en-US&gl=US&ceid=US:en"
    return (
        element("title", f'"{asked}" - Google News')
        + element("link", link)
        + element("language", "en-US")
        + element("lastBuildDate", rfc822(web.as_of))
        + element("description", "Google News")
    )


def _item(article: Article) -> str:
    identifier = _opaque(article.url)
    link = f"https://news.google.com/rss/articles/{identifier}?oc=5"
    description = (
        f'<a href="{link}" target="_blank">{text(article.title)}</a>'
        f'&nbsp;&nbsp;<font color="#6f6f6f">{text(article.outlet)}</font>'
    )
    return (
        "<item>"
        + element("title", f"{article.title} - {article.outlet}")
        + element("link", link)
        + element("guid", identifier, isPermaLink="false")
        + (element("pubDate", rfc822(article.published)) if article.published else "")
        + element("description", description)
        + element("source", article.outlet, url=article.outlet_url)
        + "</item>"
    )


def _opaque(url: str) -> str:
    """``CBMi…``: a protocol-buffer wrapping around text that does not give the address away."""
    digest = sha512(url.encode()).digest() + sha512(url[::-1].encode()).digest()
    inner = b"AU_yqL" + urlsafe_b64encode(digest).rstrip(b"=")
    wrapped = b"\x08\x13\x22" + bytes([len(inner) & 0x7F | 0x80, len(inner) >> 7]) + inner
    return urlsafe_b64encode(wrapped).decode().rstrip("=")
