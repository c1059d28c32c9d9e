"""Lemmy: posts that name the company, not those that only look like it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from collect.sources.lemmy import Lemmy, parse
from precall.config import LemmySwitch, Sources
from precall.model import DateOrigin, Kind, TextOrigin
from tests.unit.collect.support import about, page


def view(creator: dict[str, Any] | None = None, **post: Any) -> dict[str, Any]:
    """A post as the search gives it; `post` replaces its fields."""
    return {
        "post": {
            "id": 4711,
            "name": "Marlbrook pumps in a flooded cellar",
            "body": "Two of them ran for **nine days**.",
            "url": "https://outlet.example/flood",
            "ap_id": "https://lemmy.example/post/4711",
            "published": "2026-02-14T10:20:30.123456Z",
            "deleted": False,
            "removed": False,
            "nsfw": False,
        }
        | post,
        "creator": {"name": "quill", "actor_id": "https://far.example/u/quill", "bot_account": False} | (creator or {}),
        "community": {"name": "plumbing", "actor_id": "https://lemmy.example/c/plumbing"},
        "counts": {"score": 31, "comments": 12, "upvotes": 33, "downvotes": 2},
    }


def read(*posts: object) -> Any:
    answer = {"type_": "Posts", "comments": [], "posts": posts, "communities": [], "users": []}
    return parse(page(json.dumps(answer), "application/json"), about(domain="marlbrook.example"))


def test_a_post() -> None:
    (found,) = read(view()).mentions
    assert found.url == "https://lemmy.example/post/4711"
    assert (found.outlet, found.outlet_name) == ("lemmy.example", "plumbing@lemmy.example on Lemmy")
    assert (found.title, found.author) == ("Marlbrook pumps in a flooded cellar", "quill@far.example")
    assert (found.kind, found.text_origin) == (Kind.FORUM, TextOrigin.POST)
    assert found.published_at == datetime(2026, 2, 14, 10, 20, 30, 123456, UTC)
    assert found.published_from == DateOrigin.API
    assert found.engagement is not None
    assert (found.engagement.points, found.engagement.comments) == (31, 12)


def test_a_link_without_words() -> None:
    (found,) = read(view(body=None)).mentions
    assert (found.text, found.text_origin) == ("", TextOrigin.NONE)


@pytest.mark.parametrize(
    "left_out",
    [
        view(name="Marlbrooke village fete", body=""),
        view(deleted=True),
        view(removed=True),
        view(nsfw=True),
        view(creator={"bot_account": True}),
    ],
    ids=["not about them", "deleted", "removed", "nsfw", "bot"],
)
def test_what_is_left_out_on_purpose_is_no_flaw(left_out: dict[str, Any]) -> None:
    batch = read(left_out)
    assert (batch.mentions, batch.flaw) == ((), None)


def test_dates_of_older_instances_have_no_zone_and_some_none_at_all() -> None:
    (old,) = read(view(published="2026-02-14T10:20:30")).mentions
    assert old.published_at == datetime(2026, 2, 14, 10, 20, 30, tzinfo=UTC)
    (undated,) = read(view(published=None)).mentions
    assert (undated.published_at, undated.published_from) == (None, None)


def test_changed_and_hostile_fields() -> None:
    batch = read({"post": None}, view(ap_id=None), view(ap_id="file:///etc/passwd"), view(creator={"name": None}))
    assert (batch.mentions, batch.flaw) == ((), "4 of 4 posts could not be read")
    (found,) = read(view(name="<b>Marlbrook</b>\x00 & co")).mentions
    assert found.title == "Marlbrook & co"


def test_nothing_found() -> None:
    batch = read()
    assert (batch.mentions, batch.flaw) == ((), None)


def test_it_needs_an_instance() -> None:
    nowhere = Sources(lemmy=LemmySwitch(instances=()))
    assert Lemmy().lacks(replace(about(), tuning=nowhere)) == "precall.yaml names no instance (sources.lemmy.instances)"
    assert Lemmy().lacks(about()) is None
