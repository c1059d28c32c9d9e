"""``api.stackexchange.com/2.3/search/excerpts``: questions and answers of one site."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from replay.items import seconds
from replay.message import Answer, Request, as_json
from replay.nodes import wanted_terms
from replay.query import parse_words
from replay.web import Web, serves
from replay.world.remarks import Said


@serves("api.stackexchange.com")
def stack_exchange(request: Request, web: Web) -> Answer | None:
    """The search for excerpts; it wants a site."""
    if request.path != "/2.3/search/excerpts":
        return None
    site = request.params.get("site")
    if not site:
        return as_json({"error_id": 400, "error_message": "site is required", "error_name": "bad_parameter"}, 400)
    node = parse_words(request.params.get("q", ""))
    words = [term.text for term in wanted_terms(node)]
    since, until = (int(request.params.get(name, bound)) for name, bound in (("fromdate", 0), ("todate", 2**40)))
    found = [said for said in web.find_chatter("stack_exchange", node) if said.remark.place == site]
    items = [_item(said, words) for said in found if since <= seconds(said.at) <= until]
    return as_json({"items": items, "has_more": False, "quota_max": 300, "quota_remaining": 299})


def _item(said: Said, words: list[str]) -> dict[str, Any]:
    remark = said.remark
    is_answer = "answer" in remark.flags
    numbers = {"question_id": int(remark.part_of if is_answer else remark.id)}
    return {
        "tags": ["automation"],
        "item_type": "answer" if is_answer else "question",
        "score": remark.points,
        "creation_date": seconds(said.at),
        "last_activity_date": seconds(said.at),
        "body": escape(remark.text),
        "excerpt": _excerpt(remark.text, words),
        "title": escape(remark.title),
        **numbers,
        **({"answer_id": int(remark.id)} if is_answer else {"answer_count": remark.comments, "is_answered": True}),
    }


def _excerpt(text: str, words: list[str]) -> str:
    for word in words:
        text = re.sub(re.escape(word), r'<span class="highlight">\g<0></span>', text, flags=re.IGNORECASE)
    return f"{text[:300]} &hellip; "
