"""``itunes.apple.com``: the search for podcast episodes, and customers' reviews as JSON and as XML."""

from __future__ import annotations

import json
import re
from typing import Any

from replay.items import iso
from replay.message import Answer, Request, as_json, not_found, xml
from replay.nodes import OneOf, Term
from replay.rss import element
from replay.web import Web, serves
from replay.world.remarks import Said

_REVIEWS = re.compile(r"/[a-z]{2}/rss/customerreviews/id=(\d+)/sort[bB]y=mostRecent/(json|xml)")


@serves("itunes.apple.com")
def itunes(request: Request, web: Web) -> Answer | None:
    """Both."""
    if request.path == "/search":
        return _search(request, web)
    reviews = _REVIEWS.fullmatch(request.path)
    if not reviews:
        return None if request.path == "/robots.txt" else not_found()
    found = [said for said in web.find_chatter("app_store") if said.remark.place == reviews[1]]
    return _json(found) if reviews[2] == "json" else xml(_xml(found))


def _search(request: Request, web: Web) -> Answer:
    """Any of the words is enough for this search."""
    words = tuple(Term(word) for word in request.params.get("term", "").split())
    found = web.find_chatter("podcasts", OneOf(words)) if words else []
    body = json.dumps({"resultCount": len(found), "results": [_episode(said) for said in found]})
    return Answer(200, {"Content-Type": "text/javascript; charset=utf-8"}, f"\n\n\n{body}".encode())


def _episode(said: Said) -> dict[str, Any]:
    remark = said.remark
    page = f"https://podcasts.apple.com/us/podcast/episode/id{remark.part_of}?i={remark.id}&uo=4"
    return {
        "wrapperType": "podcastEpisode",
        "kind": "podcast-episode",
        "collectionId": int(remark.part_of),
        "trackId": int(remark.id),
        "collectionName": remark.place,
        "trackName": remark.title,
        "description": remark.text,
        "trackViewUrl": page,
        "releaseDate": iso(said.at) if said.published else None,
        "country": "USA",
    }


def _json(found: list[Said]) -> Answer:
    """A single review is no list; undated ones stand for the times in which the feed left all dates out."""
    entries = [_review(said) for said in found]
    entry = {"entry": entries[0] if len(entries) == 1 else entries} if entries else {}
    return as_json({"feed": {"author": {"name": {"label": "iTunes Store"}}, **entry}})


def _review(said: Said) -> dict[str, Any]:
    remark = said.remark
    dated = {"updated": {"label": iso(said.at)}} if said.published else {}
    return dated | {
        "author": {"name": {"label": remark.by}, "label": ""},
        "im:rating": {"label": str(remark.points)},
        "im:version": {"label": "4.1"},
        "id": {"label": remark.id},
        "title": {"label": remark.title},
        "content": {"label": remark.text, "attributes": {"type": "text"}},
        "im:voteSum": {"label": str(remark.comments)},
    }


def _xml(found: list[Said]) -> str:
    entries = (
        f"<entry><updated>{iso(said.at)}</updated><id>{said.remark.id}</id>{element('title', said.remark.title)}"
        f"{element('content', said.remark.text, type='text')}<im:rating>{said.remark.points}</im:rating></entry>"
        for said in found
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns:im="http://itunes.apple.com/rss" '
        f'xmlns="http://www.w3.org/2005/Atom"><title>iTunes Store: Customer Reviews</title>{"".join(entries)}</feed>'
    )
