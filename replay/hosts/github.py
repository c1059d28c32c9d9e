"""``api.github.com/orgs/{org}``: its events (releases among them) and its repositories as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from replay.items import iso
from replay.message import Answer, Request, as_json
from replay.web import Web, serves
from replay.world.records import ago, records

_MISSING = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}


@serves("api.github.com")
def github(request: Request, web: Web) -> Answer | None:
    """``/orgs/{org}/events`` and ``/orgs/{org}/repos``; 404 for an organisation that nobody has."""
    _, _, rest = request.path.partition("/orgs/")
    organisation, _, what = rest.partition("/")
    known = records("github").get(organisation.lower())
    if known is None or what not in ("events", "repos"):
        return as_json(_MISSING, 404)
    repositories = [each for each in known["repositories"] if ago(each, web.as_of) <= web.as_of]
    if what == "repos":
        newest = sorted(repositories, key=lambda each: float(each["hours_ago"]))
        return as_json([_repository(each, organisation, web.as_of) for each in newest])
    return as_json([event for each in repositories for event in _events(each, organisation, web.as_of)])


def _repository(each: dict[str, Any], organisation: str, as_of: datetime) -> dict[str, Any]:
    name = f"{organisation}/{each['name']}"
    return {
        "name": each["name"],
        "full_name": name,
        "private": False,
        "html_url": f"https://github.com/{name}",
        "description": each["about"] or None,
        "fork": False,
        "created_at": iso(ago(each, as_of)),
        "stargazers_count": each["stars"],
        "language": each["language"] or None,
        "archived": False,
    }


def _events(each: dict[str, Any], organisation: str, as_of: datetime) -> list[dict[str, Any]]:
    name = f"{organisation}/{each['name']}"
    shared = {"actor": {"login": "palletbot"}, "repo": {"name": name}, "org": {"login": organisation}, "public": True}
    push = shared | {"type": "PushEvent", "payload": {"ref": "refs/heads/main"}, "created_at": iso(as_of)}
    releases = [
        shared
        | {
            "type": "ReleaseEvent",
            "payload": {"action": "published", "release": _release(release, name, as_of)},
            "created_at": iso(ago(release, as_of)),
        }
        for release in each.get("releases", ())
    ]
    return [push, *releases]


def _release(release: dict[str, Any], repository: str, as_of: datetime) -> dict[str, Any]:
    return {
        "html_url": f"https://github.com/{repository}/releases/tag/{release['tag']}",
        "tag_name": release["tag"],
        "name": release["name"],
        "body": release["notes"],
        "draft": False,
        "prerelease": release.get("prerelease", False),
        "published_at": iso(ago(release, as_of)),
    }
