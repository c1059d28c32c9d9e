"""Bluesky's search: opened with an app password, renewed once, its secret told to nobody."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import Any

import httpx
import pytest

from collect.asking import ask
from collect.sources.bluesky import Bluesky, parse_search
from collect.sources.bluesky_session import OPEN, SEARCH, Credentials, Session
from precall.config import SourceSwitch
from precall.errors import InvalidConfiguration, StorageUnavailable
from precall.model import AccountProfile, Handle, Kind, Mention, SourceReport, SourceState
from tests.unit.collect.support import about, page, recorded
from tests.unit.collect.test_bluesky import DID, item
from tests.unit.fetch.web import FakeWeb

HANDLE, PASSWORD = "desk.seller.example", "abcd-efgh-ijkl-mnop"
OWN = AccountProfile(handles=(Handle(network="bluesky", id="marlbrook.example"),))
QUESTION = about(domain="marlbrook.example", country="Germany")


def said(text: str, handle: str = "odile.example", **fields: Any) -> dict[str, Any]:
    """A post of somebody else's, as a search gives it."""
    author = {"did": "did:plc:odile", "handle": handle, "labels": []}
    post: dict[str, Any] = item({"text": text})["post"]
    return post | {"author": author} | fields


class Members:
    """bsky.social: opens sessions for one password, answers searches with the token of the last one."""

    def __init__(self, posts: tuple[object, ...] = (), *, opens: int = 200, lasts: bool = True) -> None:
        self.posts, self.opens, self.lasts = posts, opens, lasts
        self.tokens = 0
        self.web = FakeWeb(self.serve)

    def serve(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url.copy_with(query=None, host=request.headers["host"]))
        if url == OPEN:
            self.tokens += 1
            return httpx.Response(self.opens, json={"accessJwt": f"token-{self.tokens}", "handle": HANDLE})
        if url != SEARCH:
            return httpx.Response(200, json={"feed": [item()]})
        good = self.lasts and request.headers.get("authorization") == f"Bearer token-{self.tokens}"
        return httpx.Response(200, json={"posts": self.posts}) if good else httpx.Response(400, json={})

    def asked(self, url: str) -> list[httpx.Request]:
        return [each for each in self.web.requests if str(each.url).split("?")[0].endswith(url.partition("/xrpc")[2])]


def given(*values: str) -> Credentials:
    return lambda: values


def fails(error: Exception) -> Credentials:
    def raise_it() -> tuple[str, ...]:
        raise error

    return raise_it


async def asked(
    members: Members, session: Session, profile: AccountProfile | None = None
) -> tuple[tuple[Mention, ...], SourceReport]:
    question = replace(QUESTION, profile=profile or AccountProfile())
    async with members.web.door() as door:
        return await ask(Bluesky(session), question, door, SourceSwitch())


def session(credentials: Credentials | None = None) -> Session:
    return Session(credentials or given(HANDLE, PASSWORD))


async def test_a_name_is_searched_for_in_the_languages_of_the_country_and_the_domain_in_any() -> None:
    members = Members((said("The Marlbrook Pumps depot is open!"),))
    (found,), report = await asked(members, session())
    assert (found.kind, found.outlet, report.state) == (Kind.SOCIAL, "odile.example", SourceState.ANSWERED)
    (opened,) = members.asked(OPEN)
    assert json.loads(opened.content) == {"identifier": HANDLE, "password": PASSWORD}
    params = [dict(each.url.params) for each in members.asked(SEARCH)]
    assert {(each["q"], each.get("lang")) for each in params} == {
        ('"Marlbrook"', "en"), ('"Marlbrook"', "de"), ('"marlbrook.example"', None),
    }  # fmt: skip
    assert {(each["since"], each["until"], each["sort"]) for each in params} == {
        ("2026-01-30T12:00:00.000Z", "2026-03-01T12:00:01.000Z", "latest")
    }


async def test_a_session_outlives_a_research_and_is_renewed_once_when_it_is_no_longer_good() -> None:
    members, kept = Members((said("Marlbrook Pumps!"),)), session()
    await asked(members, kept)
    await asked(members, kept)
    assert members.tokens == 1
    members.tokens = 7  # the service has forgotten the old one
    mentions, report = await asked(members, kept)
    assert (len(mentions), report.state, members.tokens) == (1, SourceState.ANSWERED, 8)


async def test_a_service_that_takes_no_token_is_not_asked_for_one_again_and_again() -> None:
    members, kept = Members(lasts=False), session()
    _, report = await asked(members, kept)
    assert (report.state, report.reason, members.tokens) == (SourceState.FAILED, "answered with HTTP status 400", 1)
    await asked(members, kept)
    assert members.tokens == 2


async def test_a_wrong_password_is_said_and_not_tried_again_while_the_feed_still_answers() -> None:
    members, kept = Members(opens=401), session()
    for _ in range(2):
        mentions, report = await asked(members, kept, OWN)
        assert [mention.kind for mention in mentions] == [Kind.FIRST_PARTY]
        assert (report.state, report.reason) == (SourceState.PARTIAL, "refused the handle or the app password")
    assert len(members.asked(OPEN)) == 1


@pytest.mark.parametrize(
    ("credentials", "reason"),
    [
        (given("only-one-word"), "was not searched: its secret is not a handle and an app password"),
        (fails(InvalidConfiguration("the secret is not set")), "was not searched: its secret cannot be read"),
        (fails(StorageUnavailable("SSM throttled")), "was not searched: its secret cannot be read"),
    ],
)
async def test_an_unusable_secret_is_a_reason_and_no_error(credentials: Credentials, reason: str) -> None:
    members = Members()
    _, report = await asked(members, session(credentials))
    assert (report.state, report.reason, members.web.requests) == (SourceState.FAILED, reason, [])


@pytest.mark.parametrize("answer", [{}, {"accessJwt": "two\nlines"}, {"accessJwt": 7}, []])
async def test_an_answer_without_a_token(answer: object) -> None:
    members = Members()
    members.web.serve = lambda request: httpx.Response(200, json=answer)
    _, report = await asked(members, session())
    assert report.reason == "opened no session for the handle and the app password"


async def test_busy_is_not_taken_for_a_wrong_password() -> None:
    members, kept = Members(opens=429), session()
    _, report = await asked(members, kept)
    assert report.reason == "asked for fewer requests (HTTP status 429)"
    members.opens = 200
    _, report = await asked(members, kept)
    assert report.state == SourceState.ANSWERED


async def test_neither_password_nor_token_gets_anywhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    members, kept = Members((said("Marlbrook Pumps!"),)), session()
    mentions, report = await asked(members, kept, OWN)
    told = f"{caplog.text}{report}{mentions}{kept}"
    assert PASSWORD not in told
    assert "token-1" not in told
    assert all("authorization" not in each.headers for each in members.web.requests if "searchPosts" not in str(each))


async def test_without_a_session_nothing_is_searched() -> None:
    assert Bluesky().lacks(QUESTION) == "no Bluesky account of the company is known"
    assert Bluesky(session()).lacks(QUESTION) is None


def read(*posts: object) -> Any:
    return parse_search(page(json.dumps({"posts": posts}), "application/json"), replace(QUESTION, profile=OWN))


def test_what_names_the_company_is_told_and_what_is_its_own_is_first_party() -> None:
    batch = read(said("Marlbrook Pumps again"), said("A pump"), item({"text": "Open!"})["post"])
    assert [(mention.kind, mention.outlet) for mention in batch.mentions] == [
        (Kind.SOCIAL, "odile.example"),
        (Kind.FIRST_PARTY, "marlbrook.example"),
    ]
    by_id = AccountProfile(handles=(Handle(network="bluesky", id=DID),))
    answer = page(json.dumps({"posts": [item({"text": "Open!"})["post"]]}), "application/json")
    assert [each.kind for each in parse_search(answer, replace(QUESTION, profile=by_id)).mentions] == [Kind.FIRST_PARTY]


def test_what_is_for_members_only_or_unfit_is_left_out_on_purpose() -> None:
    shy = {"did": "did:plc:shy", "handle": "shy.example", "labels": [{"val": "!no-unauthenticated"}]}
    batch = read(said("Marlbrook Pumps", author=shy), said("Marlbrook Pumps", labels=[{"val": "porn"}]))
    assert (batch.mentions, batch.flaw) == ((), None)


def test_nothing_found_error_page_changed_field_undated_and_hostile() -> None:
    assert (read().mentions, read().flaw) == ((), None)
    assert parse_search(recorded("captcha.html", "text/html"), QUESTION).flaw == "blocked by a captcha"
    assert read({"record": "changed"}, 7).flaw == "2 of 2 posts could not be read"
    undated = said("Marlbrook Pumps", indexedAt=None, record={"text": "Marlbrook Pumps", "createdAt": "soon"})
    hostile = said("<b>Marlbrook Pumps</b>\u202e", uri=f"at://{DID}/app.bsky.feed.post/3x", labels="porn")
    first, second = read(undated, hostile).mentions
    assert (first.published_at, second.text) == (None, "<b>Marlbrook Pumps</b>")
