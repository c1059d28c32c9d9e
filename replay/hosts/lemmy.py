"""``lemmy.world/api/v3/search``: posts that have the words in this order, whatever stands between them."""

from __future__ import annotations

import re
from typing import Any

from replay.items import iso
from replay.message import Answer, Request, as_json
from replay.web import Web, serves
from replay.world.remarks import Said

_MOST = 50


@serves("lemmy.world")
def lemmy(request: Request, web: Web) -> Answer | None:
    """The search, which takes parts of words for words, as the real one's ``ILIKE`` does."""
    if request.path != "/api/v3/search":
        return None
    limit = request.params.get("limit", "10")
    if not limit.isdecimal() or int(limit) > _MOST:
        return as_json({"error": "couldnt_get_posts"}, 400)
    like = re.compile(".*".join(map(re.escape, request.params.get("q", "").split())), re.IGNORECASE | re.DOTALL)
    found = [said for said in web.find_chatter("lemmy") if like.search(f"{said.remark.title}\n{said.remark.text}")]
    posts = [_view(said) for said in found[: int(limit)]]
    return as_json({"type_": "Posts", "comments": [], "posts": posts, "communities": [], "users": []})


def _view(said: Said) -> dict[str, Any]:
    remark = said.remark
    user, _, home = remark.by.partition("@")
    community, _, host = remark.place.partition("@")
    return {
        "post": {
            "id": int(remark.id),
            "name": remark.title,
            "body": remark.text or None,
            "removed": False,
            "locked": False,
            "published": iso(said.at) if said.published else None,
            "deleted": False,
            "nsfw": False,
            "ap_id": f"https://{host}/post/{remark.id}",
            "language_id": 37,
        },
        "creator": {"name": user, "actor_id": f"https://{home}/u/{user}", "bot_account": "bot" in remark.flags},
        "community": {"name": community, "title": community.title(), "actor_id": f"https://{host}/c/{community}"},
        "creator_banned_from_community": False,
        "counts": {"post_id": int(remark.id), "comments": remark.comments, "score": remark.points},
    }
