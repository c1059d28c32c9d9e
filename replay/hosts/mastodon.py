"""Mastodon instances: hashtag timelines, search and accounts; ``members.example`` shows them to members only."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import unquote

from replay.items import iso
from replay.message import Answer, Request, as_json
from replay.query import parse_words
from replay.web import Web, serves
from replay.world.remarks import Said

_TAG = re.compile(r"#(\w+)")
_STATUSES = re.compile(r"/api/v1/accounts/(\d+)/statuses")


@serves("mastodon.social", "social.example")
def mastodon(request: Request, web: Web) -> Answer | None:
    """All instances know all posts: they federate."""
    path, params = request.path, request.params
    if path.startswith("/api/v1/timelines/tag/"):
        tag = unquote(path.rpartition("/")[2]).lower()
        return _statuses([said for said in _all(web) if tag in _tags(said)], request)
    if path == "/api/v2/search":
        found = web.find_chatter("mastodon", parse_words(params.get("q", "")))
        return as_json({"accounts": [], "statuses": [_status(said, request.host) for said in found], "hashtags": []})
    if path == "/api/v1/accounts/lookup":
        known = [said for said in _all(web) if _acct(said, request.host) == params.get("acct", "").lower()]
        return as_json(_account(known[0], request.host)) if known else as_json({"error": "Record not found"}, 404)
    if account := _STATUSES.fullmatch(path):
        return _statuses([said for said in _all(web) if _account_number(said) == account[1]], request)
    return None


@serves("members.example")
def members(request: Request, _: Web) -> Answer | None:
    """What an instance without public timelines says."""
    return as_json({"error": "This method requires an authenticated user"}, 401)


def _all(web: Web) -> list[Said]:
    return web.find_chatter("mastodon")


def _statuses(found: list[Said], request: Request) -> Answer:
    kept = [said for said in found if not (request.params.get("exclude_reblogs") and "repost" in said.remark.flags)]
    limit = request.params.get("limit", "20")
    return as_json([_status(said, request.host) for said in kept[: min(40, int(limit) if limit.isdecimal() else 20)]])


def _status(said: Said, host: str) -> dict[str, Any]:
    remark = said.remark
    url = f"{_profile(said)}/{remark.id}"
    return {
        "id": remark.id,
        "created_at": _moment(said.published),
        "in_reply_to_id": None,
        "sensitive": bool(remark.title),
        "spoiler_text": remark.title,
        "visibility": "public",
        "language": "en",
        "uri": url,
        "url": url,
        "replies_count": remark.comments,
        "reblogs_count": 0,
        "favourites_count": remark.points,
        "edited_at": None,
        "content": _content(said),
        "reblog": {"url": url} if "repost" in remark.flags else None,
        "account": _account(said, host),
        "media_attachments": [],
        "mentions": [],
        "tags": [{"name": tag, "url": f"https://{host}/tags/{tag}"} for tag in _tags(said)],
        "card": None,
    }


def _content(said: Said) -> str:
    """Paragraphs with linked hashtags."""
    linked = _TAG.sub(
        r'<a href="/tags/\1" class="mention hashtag" rel="tag">#<span>\1</span></a>', escape(said.remark.text)
    )
    return "".join(f"<p>{part}</p>" for part in linked.split("\n\n"))


def _account(said: Said, host: str) -> dict[str, Any]:
    return {
        "id": _account_number(said),
        "username": said.remark.by.partition("@")[0],
        "acct": _acct(said, host),
        "display_name": said.remark.by.partition("@")[0].title(),
        "bot": "bot" in said.remark.flags,
        "noindex": False,
        "url": _profile(said),
    }


def _acct(said: Said, host: str) -> str:
    """Without the host where the account is at home."""
    return said.remark.by.lower().removesuffix(f"@{host}")


def _profile(said: Said) -> str:
    user, _, home = said.remark.by.partition("@")
    return f"https://{home}/@{user}"


def _account_number(said: Said) -> str:
    return str(int(sha256(said.remark.by.encode()).hexdigest()[:12], 16))


def _tags(said: Said) -> list[str]:
    return [tag.lower() for tag in _TAG.findall(said.remark.text)]


def _moment(moment: datetime | None) -> str | None:
    return iso(moment).replace("Z", ".000Z") if moment else None
