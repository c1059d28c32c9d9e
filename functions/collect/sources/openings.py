"""The job boards Greenhouse, Lever and Ashby: where they answer, and how they tell of one opening."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from collect.dates import from_epoch, from_iso
from collect.json_answers import Row, at, line, needed, string
from precall.model.account import JobBoardProvider


@dataclass(frozen=True)
class Opening:
    """One position. `published_at` is when it was first published: one that does not say so is undated, however
    recently it was changed. `markup` is its description as HTML."""

    title: str
    url: str
    department: str = ""
    location: str = ""
    published_at: datetime | None = None
    markup: str = ""
    language: str | None = None


def greenhouse(job: Row) -> Opening:
    """A job of `boards-api.greenhouse.io`; its content is escaped once more."""
    departments = at(job, "departments")
    return Opening(
        needed(job, "title"),
        needed(job, "absolute_url"),
        line(departments[0], "name") if isinstance(departments, list) and departments else "",
        line(job, "location", "name"),
        from_iso(string(job, "first_published")),
        html.unescape(string(job, "content")),
        string(job, "language")[:2].lower() or None,
    )


def lever(posting: Row) -> Opening:
    """A posting of `api.lever.co`; times in milliseconds."""
    created = at(posting, "createdAt")
    return Opening(
        needed(posting, "text"),
        needed(posting, "hostedUrl"),
        line(posting, "categories", "department") or line(posting, "categories", "team"),
        line(posting, "categories", "location"),
        from_epoch(created / 1000) if isinstance(created, int | float) else None,
        string(posting, "description"),
    )


def ashby(job: Row) -> Opening | None:
    """A job of `api.ashbyhq.com`; None for one that is not listed."""
    if at(job, "isListed") is False:
        return None
    return Opening(
        needed(job, "title"),
        needed(job, "jobUrl"),
        line(job, "department") or line(job, "team"),
        line(job, "location"),
        from_iso(string(job, "publishedAt")),
        string(job, "descriptionHtml"),
    )


@dataclass(frozen=True)
class Provider:
    """One kind of board: `api` and `page` have a place for the token."""

    label: str
    api: str
    page: str
    read: Callable[[Row], Opening | None]


PROVIDERS: dict[JobBoardProvider, Provider] = {
    "greenhouse": Provider(
        "Greenhouse",
        "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true",  # departments come with the descriptions
        "https://boards.greenhouse.io/{}",
        greenhouse,
    ),
    "lever": Provider("Lever", "https://api.lever.co/v0/postings/{}?mode=json", "https://jobs.lever.co/{}", lever),
    "ashby": Provider(
        "Ashby", "https://api.ashbyhq.com/posting-api/job-board/{}", "https://jobs.ashbyhq.com/{}", ashby
    ),
}
