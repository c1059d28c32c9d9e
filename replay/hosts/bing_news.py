"""``www.bing.com/news/search?format=rss``: RSS with ``News:`` elements, links through apiclick."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from hashlib import md5
from urllib.parse import quote

from replay.items import Article, rfc822
from replay.message import Answer, Request, html, not_found, redirect, xml
from replay.query import Query, parse
from replay.rss import element, text
from replay.web import Web, serves

_INTERVAL = re.compile(r'interval="?(\d)')
_INTERVALS = {"4": timedelta(hours=1), "7": timedelta(days=1), "8": timedelta(days=7), "9": timedelta(days=30)}


@serves("www.bing.com", "bing.com")
def bing_news(request: Request, web: Web) -> Answer | None:
    """The search feed, and the redirect behind each of its links."""
    if request.path == "/news/search":
        return _search(request, web)
    if request.path == "/news/apiclick.aspx":
        target = request.params.get("url", "")
        return redirect(target) if target.startswith(("http://", "https://")) else not_found()
    return None if request.path == "/robots.txt" else not_found()


def _search(request: Request, web: Web) -> Answer:
    asked = request.params.get("q", "")
    if request.params.get("format", "").lower() != "rss":
        return html(f"<!doctype html><title>{text(asked)} - Bing News</title><div id=algocore></div>")
    articles = web.find_news(_aged(parse(asked), request.params.get("qft", "")))
    count = int(_digits(request.params.get("count", "")) or len(articles))
    body = "".join(_item(article) for article in articles[:count])
    return xml(_channel(asked) + body + "</channel></rss>", "text/xml")


def _aged(query: Query, filters: str) -> Query:
    found = _INTERVAL.search(filters)
    within = _INTERVALS.get(found[1]) if found else None
    return replace(query, within=within) if within else query


def _digits(value: str) -> str:
    return value if value.isascii() and value.isdigit() else ""


def _channel(asked: str) -> str:
    link = f"https://www.bing.com:443/news/search?q={quote(asked)}&format=rss"
    image = element("url", "http://www.bing.com/rsslogo.gif") + element("title", asked) + element("link", link)
    return (
        '<?xml version="1.0" encoding="utf-8" ?>'
        '<rss version="2.0" xmlns:News="https://www.bing.com:443/news/search"><channel>'
        + element("title", f"{asked} - BingNews")
        + element("link", link)
        + element("description", "Search results")
        + f"<image>{image}</image>"
        + element("copyright", "Made up for the Precall replay web.")
    )


def _item(article: Article) -> str:
    return (
        "<item>"
        + element("title", article.title)
        + element("link", _click(article.url))
        + element("description", article.snippet)
        + (element("pubDate", rfc822(article.published)) if article.published else "")
        + element("News:Source", article.outlet)
        + "</item>"
    )


def _click(url: str) -> str:
    digest = md5(url.encode(), usedforsecurity=False).hexdigest()
    escaped = re.sub("%..", lambda found: found[0].lower(), quote(url, safe=""))
    number = int(digest[:15], 16)
    return f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&tid={digest}&url={escaped}&c={number}&mkt=en-us"
