"""Greenhouse, Lever and Ashby: the openings of a board as JSON; 404 for a token that nobody has."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from replay.items import iso, seconds
from replay.message import Answer, Request, as_json
from replay.web import Web, serves
from replay.world.records import ago, records

Board = dict[str, Any]


@serves("boards-api.greenhouse.io")
def greenhouse(request: Request, web: Web) -> Answer | None:
    """``/v1/boards/{token}/jobs``; departments and content only with ``content=true``."""
    token = request.path.removeprefix("/v1/boards/").removesuffix("/jobs")
    board = _board("greenhouse", token)
    if board is None:
        return as_json({"status": 404, "error": "Job not found"}, 404)
    whole = request.params.get("content") == "true"
    jobs = [_greenhouse_job(each, token, board, web.as_of, whole) for each in board["openings"]]
    return as_json({"jobs": jobs, "meta": {"total": len(jobs)}})


@serves("api.lever.co")
def lever(request: Request, web: Web) -> Answer | None:
    """``/v0/postings/{company}?mode=json``: a bare list."""
    token = request.path.removeprefix("/v0/postings/")
    board = _board("lever", token)
    if board is None:
        return as_json({"ok": False, "error": "Document not found"}, 404)
    return as_json([_lever_posting(each, token, web.as_of) for each in board["openings"]])


@serves("api.ashbyhq.com")
def ashby(request: Request, web: Web) -> Answer | None:
    """``/posting-api/job-board/{name}``."""
    token = request.path.removeprefix("/posting-api/job-board/")
    board = _board("ashby", token)
    if board is None:
        return as_json({"success": False, "errors": ["Job board not found"]}, 404)
    return as_json({"apiVersion": "1", "jobs": [_ashby_job(each, token, web.as_of) for each in board["openings"]]})


def _board(provider: str, token: str) -> Board | None:
    board: Board | None = records("boards")[provider].get(token)
    return board


def _about(opening: Board) -> str:
    return f"<p>We are looking for a {opening['title']} in {opening['location']}.</p><p>You like to finish things.</p>"


def _greenhouse_job(opening: Board, token: str, board: Board, as_of: datetime, whole: bool) -> dict[str, Any]:
    moment = iso(ago(opening, as_of)).replace("Z", "-00:00")
    job = {
        "absolute_url": f"https://boards.greenhouse.io/{token}/jobs/{opening['id']}",
        "id": opening["id"],
        "internal_job_id": opening["id"] + 1,
        "location": {"name": opening["location"]},
        "metadata": None,
        "requisition_id": f"R-{opening['id']}",
        "title": opening["title"],
        "company_name": board["company"],
        "first_published": moment,
        "updated_at": moment,
        "language": "en",
    }
    more = {
        "content": escape(_about(opening)),
        "departments": [{"id": 1, "name": opening["department"]}],
        "offices": [],
    }
    return job | (more if whole else {})


def _lever_posting(opening: Board, token: str, as_of: datetime) -> dict[str, Any]:
    url = f"https://jobs.lever.co/{token}/{opening['id']}"
    return {
        "id": opening["id"],
        "text": opening["title"],
        "createdAt": seconds(ago(opening, as_of)) * 1000,
        "categories": {
            "commitment": "Full-time",
            "department": opening["department"],
            "location": opening["location"],
            "allLocations": [opening["location"]],
        },
        "description": _about(opening),
        "descriptionPlain": f"We are looking for a {opening['title']}.",
        "hostedUrl": url,
        "applyUrl": f"{url}/apply",
    }


def _ashby_job(opening: Board, token: str, as_of: datetime) -> dict[str, Any]:
    url = f"https://jobs.ashbyhq.com/{token}/{opening['id']}"
    return {
        "id": opening["id"],
        "title": opening["title"],
        "department": opening["department"],
        "team": opening["department"],
        "employmentType": "FullTime",
        "location": opening["location"],
        "publishedAt": iso(ago(opening, as_of)).replace("Z", ".000+00:00"),
        "isListed": not opening.get("unlisted", False),
        "jobUrl": url,
        "applyUrl": f"{url}/application",
        "descriptionHtml": _about(opening),
        "descriptionPlain": f"We are looking for a {opening['title']}.",
    }
