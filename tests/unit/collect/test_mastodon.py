"""Mastodon: public posts that name the company, each once and by its author's handle."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from collect.sources.mastodon import Mastodon, parse
from precall.config import MastodonSwitch, Sources
from precall.model import AccountProfile, DateOrigin, Handle, Kind, TextOrigin
from tests.unit.collect.support import about, page

URL = "https://social.example/api/v1/timelines/tag/marlbrook?limit=40"
OWN = AccountProfile(handles=(Handle(network="mastodon", id="Marlbrook@social.example"),))
QUESTION = replace(about(domain="marlbrook.example"), profile=OWN)


def status(**fields: Any) -> dict[str, Any]:
    """A status with the fields that instances send."""
    sent: dict[str, Any] = {
        "id": "115900000000000001",
        "created_at": "2026-02-20T08:15:30.123Z",
        "in_reply_to_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "uri": "https://social.example/users/odile/statuses/115900000000000001",
        "url": "https://social.example/@odile/115900000000000001",
        "replies_count": 4,
        "reblogs_count": 2,
        "favourites_count": 17,
        "content": '<p>Our <a href="https://social.example/tags/marlbrook">#<span>Marlbrook</span></a> pump &amp; I '
        "survived the frost! It ran all night.</p><p>Twelve hours.</p>",
        "reblog": None,
        "account": {"acct": "odile", "bot": False, "noindex": False, "display_name": "Odile :pump:"},
        "tags": [{"name": "marlbrook", "url": "https://social.example/tags/marlbrook"}],
    }
    return sent | fields


def by(**fields: Any) -> dict[str, Any]:
    """The author."""
    return {"acct": "odile", "bot": False} | fields


def read(*statuses: object) -> Any:
    return parse(page(json.dumps(statuses), "application/json", URL), QUESTION)


def test_a_post() -> None:
    (found,) = read(status()).mentions
    assert found.url == "https://social.example/@odile/115900000000000001"
    assert found.outlet == "odile@social.example"
    assert found.outlet_name == found.author == "@odile@social.example"
    assert found.title == "Our #Marlbrook pump & I survived the frost!"
    assert found.text == "Our #Marlbrook pump & I survived the frost! It ran all night.\nTwelve hours."
    assert (found.kind, found.text_origin, found.language) == (Kind.SOCIAL, TextOrigin.POST, "en")
    assert found.published_at == datetime(2026, 2, 20, 8, 15, 30, 123000, UTC)
    assert found.published_from == DateOrigin.API
    assert found.engagement is not None
    assert (found.engagement.points, found.engagement.comments) == (17, 4)


def test_a_search_holds_its_posts_in_a_field() -> None:
    answer = {"accounts": [], "statuses": [status()], "hashtags": []}
    assert len(parse(page(json.dumps(answer), url=URL), QUESTION).mentions) == 1
    assert parse(page('{"accounts": [], "statuses": [], "hashtags": []}', url=URL), QUESTION).flaw is None


def test_an_empty_timeline_is_an_answer() -> None:
    batch = read()
    assert (batch.mentions, batch.flaw) == ((), None)


def test_the_company_itself_is_first_party_whatever_it_says_and_whichever_instance_tells() -> None:
    (found,) = read(status(content="<p>We are hiring.</p>", tags=[], account=by(acct="marlbrook"))).mentions
    assert (found.kind, found.outlet) == (Kind.FIRST_PARTY, "marlbrook@social.example")
    far = status(account=by(acct="marlbrook@social.example", bot=True))
    (found,) = parse(page(json.dumps([far]), url="https://other.example/api"), QUESTION).mentions
    assert found.kind == Kind.FIRST_PARTY
    (other,) = parse(
        page(json.dumps([status(account=by(acct="marlbrook"))]), url="https://other.example/api"), QUESTION
    ).mentions
    assert other.kind == Kind.SOCIAL


def test_a_warning_comes_before_what_it_warns_of() -> None:
    (found,) = read(status(spoiler_text="layoffs", sensitive=True)).mentions
    assert found.title == "layoffs"
    assert found.text.startswith("layoffs\nOur #Marlbrook")


@pytest.mark.parametrize(
    "fields",
    [
        {"account": by(bot=True)},
        {"account": by(noindex=True)},
        {"visibility": "private"},
        {"reblog": status()},
        {"content": "", "tags": []},
        {"content": "<p>Pumps are fun</p>", "tags": [{"name": "pumps"}]},
    ],
    ids=["bot", "noindex", "followers only", "boost", "picture", "not about them"],
)
def test_what_is_left_out_on_purpose_is_no_flaw(fields: dict[str, Any]) -> None:
    batch = read(status(**fields))
    assert (batch.mentions, batch.flaw) == ((), None)


def test_a_tag_names_the_company_where_the_text_does_not() -> None:
    assert len(read(status(content="<p>Best pump ever</p>")).mentions) == 1


def test_changed_fields() -> None:
    batch = read(status(account=None), status(account=by(acct=7)), status(url=None, uri="tag:social.example,2026:1"))
    assert (batch.mentions, batch.flaw) == ((), "3 of 3 statuses could not be read")
    (bare,) = read({name: status()[name] for name in ("uri", "content", "account")}).mentions
    assert (bare.published_at, bare.published_from, bare.language) == (None, None, None)
    assert bare.url == "https://social.example/users/odile/statuses/115900000000000001"


@pytest.mark.parametrize("date", [None, "", "yesterday", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 7])
def test_undated(date: object) -> None:
    (found,) = read(status(created_at=date)).mentions
    assert (found.published_at, found.published_from) == (None, None)


def test_hostile_posts_arrive_as_plain_text_or_not_at_all() -> None:
    script = "<p>Marlbrook<script>alert(1)</script> \u202egnp.exe &lt;b&gt;</p>"
    (found,) = read(status(content=script, account=by(acct="<i>x</i>@evil.example"))).mentions
    assert found.text == "Marlbrook gnp.exe <b>"
    assert found.outlet == "x@evil.example"
    batch = read(status(url="javascript:alert(1)"), status(url="https://user:pass@social.example/1"))
    assert (batch.mentions, batch.flaw) == ((), "2 of 2 statuses could not be read")


def test_without_a_name_or_an_instance_nothing_is_asked() -> None:
    nowhere = Sources(mastodon=MastodonSwitch(instances=()))
    assert Mastodon().lacks(about()) is None
    assert Mastodon().lacks(replace(about(), tuning=nowhere)) == "neither a name nor an account of the company is known"
    assert Mastodon().lacks(replace(QUESTION, tuning=nowhere)) is None
