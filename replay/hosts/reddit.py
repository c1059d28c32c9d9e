"""``www.reddit.com/search.rss``: threads as Atom; its JSON is answered with 403, as by the real one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import escape
from urllib.parse import quote

from replay.items import iso
from replay.message import Answer, Request, as_json, html, not_found, xml
from replay.query import parse
from replay.rss import element, text
from replay.web import Web, serves
from replay.world.remarks import Said

_PERIODS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "year": 366}
_BLOCKED = "<!doctype html><title>Blocked</title><p>whoa there, pardner! Your request has been blocked.</p>"


@serves("www.reddit.com")
def reddit(request: Request, web: Web) -> Answer | None:
    """The search's feed."""
    if request.path.endswith(".json"):
        return html(_BLOCKED, 403)
    if request.path != "/search.rss":
        return None if request.path == "/robots.txt" else not_found()
    asked = request.params.get("q", "")
    if not asked:
        return as_json({"message": "Bad Request", "error": 400}, 400)
    days = _PERIODS.get(request.params.get("t", "all"))
    found = [said for said in web.find_chatter("reddit", parse(asked).node) if _is_recent(said, days, web)]
    limit = request.params.get("limit", "25")
    return xml(_feed(asked, found[: int(limit) if limit.isdecimal() else 25], web), "application/atom+xml")


def _is_recent(said: Said, days: float | None, web: Web) -> bool:
    return days is None or said.at >= web.as_of - timedelta(days=days)


def _feed(asked: str, found: list[Said], web: Web) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:media="http://search.yahoo.com/mrss/"><category term=" reddit.com" label="r/ reddit.com"/>'
        f"<updated>{_moment(web.as_of)}</updated>{element('id', f'/search.rss?q={quote(asked)}')}"
        f"{element('title', f'reddit.com: search results - {asked}')}{''.join(map(_entry, found))}</feed>"
    )


def _entry(said: Said) -> str:
    remark = said.remark
    slug = re.sub(r"\W+", "_", remark.title.lower()).strip("_")[:50]
    link = f"https://www.reddit.com/r/{remark.place}/comments/{remark.id}/{slug}/"
    dates = f"<updated>{_moment(said.at)}</updated><published>{_moment(said.at)}</published>"
    return (
        f"<entry><author><name>/u/{text(remark.by)}</name>"
        f"<uri>https://www.reddit.com/user/{text(remark.by)}</uri></author>"
        f'<category term="{text(remark.place)}" label="r/{text(remark.place)}"/>'
        f"{element('content', _content(said, link), type='html')}<id>t3_{remark.id}</id>"
        f'<link href="{text(link)}" />{dates if said.published else ""}{element("title", remark.title)}</entry>'
    )


def _content(said: Said, link: str) -> str:
    remark = said.remark
    words = "".join(f"<p>{escape(part)}</p>\n\n" for part in remark.text.split("\n\n") if part.strip())
    author = escape(remark.by)
    own = f'<!-- SC_OFF --><div class="md">{words}</div><!-- SC_ON --> &#32; ' if words else ""
    return (
        f'{own}submitted by &#32; <a href="https://www.reddit.com/user/{author}"> /u/{author} </a>'
        f' &#32; to &#32; <a href="https://www.reddit.com/r/{remark.place}/"> r/{remark.place} </a> <br/> '
        f'<span><a href="{link}">[link]</a></span> &#32; <span><a href="{link}">[comments]</a></span>'
    )


def _moment(moment: datetime) -> str:
    return iso(moment).replace("Z", "+00:00")
