"""``<n>ms.latency.example``: a feed of 20 made-up items, sent after n milliseconds; for benches of waiting."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

from replay import rss
from replay.message import Answer, Request, not_found, xml
from replay.web import Web, serves

ITEMS = 20
_HOST = re.compile(r"(\d{1,5})ms\.latency\.example")


@serves("*.latency.example")
def latency(request: Request, web: Web) -> Answer | None:
    """The feed at any path; there is no robots.txt, and that is said at once."""
    named = _HOST.fullmatch(request.host)
    if not named or request.path == "/robots.txt":
        return not_found()
    items = "".join(_item(request, web, number) for number in range(ITEMS))
    feed = xml(f'<rss version="2.0"><channel><title>Latency</title>{items}</channel></rss>', "application/rss+xml")
    return replace(feed, delay=int(named[1]) / 1000)


def _item(request: Request, web: Web, number: int) -> str:
    link = f"{request.url}/{number}"
    published = web.as_of - timedelta(hours=number + 1)
    return (
        "<item>"
        + rss.element("title", f"Item {number} after a while")
        + rss.element("link", link)
        + rss.element("description", "A made-up item that takes its time. " * 5)
        + rss.element("pubDate", format_datetime(published))
        + "</item>"
    )
