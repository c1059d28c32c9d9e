"""``public.api.bsky.app``: an account's posts without a key; its search is refused, as by the real one."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from replay.items import iso
from replay.message import Answer, Request, as_json
from replay.web import Web, serves
from replay.world.remarks import Said


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
