"""Bluesky: the company's own posts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from collect.sources.bluesky import Bluesky, parse
from precall.model import AccountProfile, DateOrigin, Handle, Kind, TextOrigin
from tests.unit.collect.support import about, page

DID = "did:plc:z72i7hdynmk6r22z27h6tvur"


def item(record: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """One of a feed; `fields` replace those of the post."""
    post: dict[str, Any] = {
        "uri": f"at://{DID}/app.bsky.feed.post/3lk2abcd7ef2g",
        "cid": "bafyreib",
        "author": {"did": DID, "handle": "marlbrook.example", "displayName": "Marlbrook Pumps", "labels": []},
        "record": {
            "$type": "app.bsky.feed.post",
            "text": "Our new depot opens on Monday. Come and see it!\n\nmarlbrook.example/depot",
            "createdAt": "2026-02-24T09:00:00.000Z",
            "langs": ["en"],
        }
        | (record or {}),
        "replyCount": 1,
        "repostCount": 2,
        "likeCount": 9,
        "indexedAt": "2026-02-24T09:00:01.512Z",
    }
    return {"post": post | fields}


def read(*items: object) -> Any:
    return parse(page(json.dumps({"feed": items, "cursor": "x"}), "application/json"), about())


def test_a_post() -> None:
    (found,) = read(item()).mentions
    assert found.url == "https://bsky.app/profile/marlbrook.example/post/3lk2abcd7ef2g"
    assert (found.outlet, found.author, found.kind) == ("marlbrook.example", "@marlbrook.example", Kind.FIRST_PARTY)
    assert found.title == "Our new depot opens on Monday."
    assert found.text.endswith("Come and see it!\nmarlbrook.example/depot")
    assert (found.text_origin, found.language) == (TextOrigin.POST, "en")
    assert (found.published_at, found.published_from) == (datetime(2026, 2, 24, 9, tzinfo=UTC), DateOrigin.API)
    assert found.engagement is not None
    assert (found.engagement.points, found.engagement.comments) == (9, 1)


def test_an_author_cannot_date_a_post_into_the_future() -> None:
    (found,) = read(item({"createdAt": "2030-01-01T00:00:00Z"})).mentions
    assert found.published_at == datetime(2026, 2, 24, 9, 0, 1, 512000, UTC)


def test_undated() -> None:
    (found,) = read(item({"createdAt": "soon"}, indexedAt=None)).mentions
    assert (found.published_at, found.published_from) == (None, None)


@pytest.mark.parametrize(
    "left_out",
    [
        item() | {"reason": {"$type": "app.bsky.feed.defs#reasonRepost"}},
        item({"text": "  "}),
        item(author={"did": DID, "handle": "shy.example", "labels": [{"val": "!no-unauthenticated"}]}),
    ],
    ids=["repost", "picture", "members only"],
)
def test_what_is_left_out_on_purpose_is_no_flaw(left_out: dict[str, Any]) -> None:
    batch = read(left_out)
    assert (batch.mentions, batch.flaw) == ((), None)


def test_an_account_without_a_valid_handle_is_found_by_its_id() -> None:
    (found,) = read(item(author={"did": DID, "handle": "handle.invalid"})).mentions
    assert found.url == f"https://bsky.app/profile/{DID}/post/3lk2abcd7ef2g"


def test_changed_and_hostile_fields() -> None:
    batch = read(item(uri="at://x/app.bsky.feed.like/1"), item(uri="javascript:alert(1)"), item(author=None), {})
    assert (batch.mentions, batch.flaw) == ((), "4 of 4 feed could not be read")
    (found,) = read(item({"text": "<script>1</script>\u202eMarlbrook", "langs": "en"}, likeCount=-3)).mentions
    assert found.text == "<script>1</script>Marlbrook"
    assert found.language is None


def test_it_needs_an_account_of_the_company() -> None:
    assert Bluesky().lacks(about()) == "no Bluesky account of the company is known"
    known = AccountProfile(handles=(Handle(network="bluesky", id="marlbrook.example"),))
    assert Bluesky().lacks(replace(about(), profile=known)) is None
