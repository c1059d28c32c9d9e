"""GitHub: the newest release of each repository, new repositories, and how much public code there is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from collect.batch import Batch
from collect.question import Question
from collect.sources import github
from precall.model import AccountProfile, Handle, Kind, TextOrigin
from tests.unit.collect.support import about, page, recorded
from tests.unit.fetch.web import FakeWeb

Row = dict[str, Any]


def asking(handle: str = "Marlbrook") -> Question:
    return replace(about(), profile=AccountProfile(handles=(Handle(network="github", id=handle),)))


def event(tag: str = "v2.0", repository: str = "valves", day: int = 20, **release: Any) -> Row:
    url = f"https://github.com/marlbrook/{repository}/releases/tag/{tag}"
    told = {"html_url": url, "tag_name": tag, "name": "", "body": "Fixes **leaks**.", "draft": False} | release
    return {
        "type": "ReleaseEvent",
        "actor": {"login": "jo-private"},
        "repo": {"name": f"marlbrook/{repository}"},
        "payload": {"action": "published", "release": told | {"published_at": f"2026-02-{day:02}T08:00:00Z"}},
        "created_at": f"2026-02-{day:02}T08:00:01Z",
    }


def repository(name: str = "valves", **fields: Any) -> Row:
    return {
        "full_name": f"marlbrook/{name}",
        "html_url": f"https://github.com/marlbrook/{name}",
        "description": "Models of valves",
        "created_at": "2019-01-01T00:00:00Z",
        "language": "Go",
        "stargazers_count": 12,
    } | fields


def releases(*rows: object) -> Batch:
    return github.releases(page(json.dumps(rows), "application/json"), asking())


def repositories(*rows: object) -> Batch:
    return github.repositories(page(json.dumps(rows), "application/json"), asking())


def test_a_release() -> None:
    (found,) = releases(event(name="Two: no more leaks")).mentions
    assert (found.kind, found.title) == (Kind.FIRST_PARTY, "marlbrook/valves Two: no more leaks")
    assert found.url == "https://github.com/marlbrook/valves/releases/tag/v2.0"
    assert (found.outlet, found.outlet_name) == ("github.com/marlbrook", "Marlbrook on GitHub")
    assert (found.text, found.text_origin) == ("Fixes **leaks**.", TextOrigin.POST)
    assert found.published_at == datetime(2026, 2, 20, 8, tzinfo=UTC)
    assert found.author is None


def test_the_newest_release_of_each_repository() -> None:
    batch = releases(event("v2.1", day=21), event("v2.2", day=22), event("v1", "pumps", day=3), {"type": "PushEvent"})
    assert sorted(found.title for found in batch.mentions) == ["marlbrook/pumps v1", "marlbrook/valves v2.2"]


def test_drafts_and_previews_are_left_out() -> None:
    assert releases(event(draft=True), event(prerelease=True)) == Batch()


def test_undated_and_hostile_releases() -> None:
    row = event(published_at=None, name="<script>x()</script>Two")
    row["created_at"] = None
    row["payload"]["release"]["published_at"] = "soon"
    (found,) = releases(row).mentions
    assert (found.published_at, found.title) == (None, "marlbrook/valves Two")
    assert releases(event(html_url="javascript:x()")).flaw == "1 of 1 events could not be read"


def test_changed_events_cost_themselves_only() -> None:
    batch = releases(event(), event(tag_name=None), "odd", {"type": "ReleaseEvent", "payload": None})
    assert len(batch.mentions) == 1
    assert batch.flaw == "3 of 4 events could not be read"


def test_how_much_public_code_there_is() -> None:
    batch = repositories(
        repository(), repository("pumps", language="Rust", stargazers_count=1_204), repository("old", language="Go")
    )
    (entry,) = batch.mentions
    assert (entry.kind, entry.url) == (Kind.REFERENCE, "https://github.com/Marlbrook")
    assert entry.text == "3 public repositories: 2 Go, 1 Rust\nMost stars: marlbrook/pumps (1,204)"
    (fact,) = batch.facts
    assert (fact.name, fact.value, fact.mention_id) == ("code", "3 public repositories", entry.id)


def test_a_full_page_is_a_lower_bound() -> None:
    batch = repositories(*(repository(str(number)) for number in range(100)))
    assert batch.facts[0].value == "at least 100 public repositories"


def test_a_new_repository_that_says_what_it_is() -> None:
    new = {"created_at": "2026-02-25T00:00:00Z"}
    batch = repositories(repository("gauge", **new), repository("mute", description=None, **new))
    assert [found.title for found in batch.mentions if found.kind == Kind.FIRST_PARTY] == [
        "marlbrook/gauge: Models of valves"
    ]


def test_an_organisation_without_repositories_says_nothing() -> None:
    assert repositories() == Batch()


@pytest.mark.parametrize("parse", [github.releases, github.repositories])
@pytest.mark.parametrize("body", ["", "<html></html>", "[{", '{"message": "API rate limit exceeded"}', "null"])
def test_something_else_is_a_reason(parse: Any, body: str) -> None:
    batch = parse(page(body, "application/json"), asking())
    assert not batch.mentions
    assert batch.flaw
    assert "the answer" in batch.flaw


def test_a_captcha_is_a_reason() -> None:
    assert github.releases(recorded("captcha.html", "text/html"), asking()).flaw == "blocked by a captcha"


@pytest.mark.parametrize(("status", "flaw"), [(404, None), (403, "refused the request (HTTP status 403)")])
async def test_no_organisation_is_no_failure_and_a_limit_is_one(status: int, flaw: str | None) -> None:
    web = FakeWeb(lambda _: httpx.Response(status))
    async with web.door() as door:
        batches = [batch async for batch in github.GitHub().ask(asking(), door)]
    assert [batch.flaw for batch in batches] == [flaw, flaw]
    assert {request.url.path for request in web.requests} == {"/orgs/Marlbrook/events", "/orgs/Marlbrook/repos"}


@pytest.mark.parametrize("handle", ["../admin", "a b", "-x", "x" * 60])
def test_what_is_no_organisation_is_not_asked_for(handle: str) -> None:
    assert github.GitHub().lacks(asking(handle)) == "no GitHub organisation of the company is known"
    assert github.GitHub().lacks(asking()) is None
