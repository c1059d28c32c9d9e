"""``public.api.bsky.app``: an account's posts without a key; its search is refused, as by the real one.

``bsky.social`` opens a session for any handle and any password but ``wrong``, and searches for who has its token.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from replay.items import iso
from replay.message import Answer, Request, as_json
from replay.query import parse_words
from replay.web import Web, serves
from replay.world.remarks import Said

_TOKEN = "replayed-session-"  # noqa: S105 - nobody's


@serves("public.api.bsky.app")
def bluesky(request: Request, web: Web) -> Answer | None:
    """``getAuthorFeed`` of whoever posts in the made-up world."""
    method = request.path.removeprefix("/xrpc/")
    if method == "app.bsky.feed.searchPosts":
        return as_json({"error": "Forbidden", "message": "Request forbidden"}, 403)
    if method != "app.bsky.feed.getAuthorFeed":
        return None
    actor = request.params.get("actor", "")
    found = [said for said in web.find_chatter("bluesky") if said.remark.by == actor]
    if not found:
        return as_json({"error": "InvalidRequest", "message": "Profile not found"}, 400)
    return as_json({"feed": [_item(said) for said in found], "cursor": iso(found[-1].at)})


@serves("bsky.social")
def members(request: Request, web: Web) -> Answer | None:
    """``createSession`` and ``searchPosts``."""
    method = request.path.removeprefix("/xrpc/")
    if method == "com.atproto.server.createSession" and request.method == "POST":
        return _session(request)
    if method != "app.bsky.feed.searchPosts":
        return None
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token.startswith(_TOKEN):
        return as_json({"error": "InvalidToken", "message": "Token could not be verified"}, 400)
    found = web.find_chatter("bluesky", parse_words(request.params.get("q", "")))
    posts = [_item(said)["post"] for said in found if _is_found(said, request)]
    return as_json({"posts": posts, "hitsTotal": len(posts)})


def _session(request: Request) -> Answer:
    handle, password = (str(request.json.get(name, "")) for name in ("identifier", "password"))
    if not handle or password in ("", "wrong"):
        return as_json({"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, 401)
    token = f"{_TOKEN}{sha256(handle.encode()).hexdigest()[:16]}"
    return as_json({"accessJwt": token, "refreshJwt": f"r{token}", "handle": handle, "active": True})


def _is_found(said: Said, request: Request) -> bool:
    """Posts only, dated as asked; all of the made-up world is written in English."""
    params = request.params
    in_time = params.get("since", "") <= iso(said.at) < params.get("until", "9")
    return in_time and params.get("lang", "en") == "en" and "repost" not in said.remark.flags


def _item(said: Said) -> dict[str, Any]:
    remark = said.remark
    did = f"did:plc:{sha256(remark.by.encode()).hexdigest()[:24]}"
    author = {"did": did, "handle": remark.by, "displayName": remark.by, "labels": []}
    moment = iso(said.at).replace("Z", ".000Z") if said.published else None
    post = {
        "uri": f"at://{did}/app.bsky.feed.post/{remark.id}",
        "cid": f"bafyrei{sha256(remark.id.encode()).hexdigest()}",
        "author": author,
        "record": {"$type": "app.bsky.feed.post", "text": remark.text, "createdAt": moment, "langs": ["en"]},
        "replyCount": remark.comments,
        "repostCount": 0,
        "likeCount": remark.points,
        "indexedAt": moment,
        "labels": [],
    }
    reposted = {"reason": {"$type": "app.bsky.feed.defs#reasonRepost", "by": author}}
    return {"post": post} | (reposted if "repost" in remark.flags else {})
