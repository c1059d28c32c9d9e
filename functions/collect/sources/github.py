"""GitHub: what the prospect's organisation releases and publishes, and how much public code it has.

Public REST API (docs.github.com/rest), 60 requests an hour without a key; two are sent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncGenerator
from functools import partial
from typing import Any

from collect.batch import Batch
from collect.dates import from_iso
from collect.json_answers import Row, at, count, json_of, line, mentions_of, needed, string
from collect.plain import cut, text_of, title_of
from collect.posts import post
from collect.question import Question
from collect.sources.searching import Inquiry, inquire
from precall.fetch import Door, Page
from precall.model import AccountFact, Kind, Mention, TextOrigin

API = "https://api.github.com/orgs"
_HEADERS = {"accept": "application/vnd.github+json", "x-github-api-version": "2022-11-28"}
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})")
_PAGE = 100
_MOST_LANGUAGES = 3
_LONGEST_NOTES = 2_000


class GitHub:
    """See the module."""

    name = "github"
    label = "GitHub"
    waits = True

    def lacks(self, question: Question) -> str | None:
        """It needs the organisation's name, which the prospect's site or Wikidata tells."""
        return None if _organisation(question) else "no GitHub organisation of the company is known"

    def ask(self, question: Question, door: Door) -> AsyncGenerator[Batch]:
        """Its events and its repositories; a personal account, or none, has neither."""
        url = f"{API}/{_organisation(question)}"
        most = {"per_page": str(_PAGE)}
        events = Inquiry(f"{url}/events", partial(releases, question=question), most, _HEADERS, may_be_absent=True)
        newest = most | {"type": "sources", "sort": "created"}
        repos = Inquiry(f"{url}/repos", partial(repositories, question=question), newest, _HEADERS, may_be_absent=True)
        return inquire(door, [events, repos])


def releases(page: Page, question: Question) -> Batch:
    """The newest release of each repository; drafts and previews are left out. Pure."""
    events, flaw = _listed(page, "events")
    read = mentions_of(events, partial(_release, question=question), "events")
    newest: dict[str, Mention] = {}
    for mention in sorted(read.mentions, key=lambda found: (found.published_at is not None, found.published_at)):
        newest[mention.url.partition("/releases/")[0]] = mention
    return Batch(tuple(newest.values()), flaw or read.flaw)


def repositories(page: Page, question: Question) -> Batch:
    """The organisation's entry with the number of its repositories, and those that are new. Pure."""
    answer, flaw = _listed(page, "repositories")
    if not answer:
        return Batch(flaw=flaw)
    read = mentions_of(answer, partial(_repository, question=question), "repositories")
    number = f"{'at least ' if len(answer) >= _PAGE else ''}{len(answer)} public repositories"
    entry = _entry(number, answer, question)
    return Batch(
        (entry, *read.mentions), read.flaw, facts=(AccountFact(name="code", value=number, mention_id=entry.id),)
    )


def _listed(page: Page, noun: str) -> tuple[list[Any], str | None]:
    answer, flaw = json_of(page)
    if flaw or not isinstance(answer, list):
        return [], flaw or f"the answer is no list of {noun}"
    return answer[:_PAGE], None


def _organisation(question: Question) -> str:
    return next((name for name in question.profile.handles_on("github") if _LOGIN.fullmatch(name)), "")


def _release(event: Row, question: Question) -> Mention | None:
    release = at(event, "payload", "release")
    if string(event, "type") != "ReleaseEvent" or at(release, "draft") or at(release, "prerelease"):
        return None
    name, tag = line(release, "name"), needed(release, "tag_name")
    repository = needed(event, "repo", "name")
    said = name if name and name != tag else tag
    return _mention(
        question,
        url=string(release, "html_url"),
        title=f"{repository} {said}",
        text=cut(text_of(string(release, "body")), _LONGEST_NOTES),
        day=string(release, "published_at") or string(event, "created_at"),
    )


def _repository(repository: Row, question: Question) -> Mention | None:
    """A new repository says something only in its description."""
    created, about = from_iso(string(repository, "created_at")), line(repository, "description")
    name, url = needed(repository, "full_name"), string(repository, "html_url")
    if created is None or not question.includes(created) or not about:
        return None
    return _mention(question, url=url, title=f"{name}: {about}", text=about, day=string(repository, "created_at"))


def _entry(number: str, answer: list[Any], question: Question) -> Mention:
    languages = Counter(language for each in answer if (language := line(each, "language")))
    known = ", ".join(f"{times} {language}" for language, times in languages.most_common(_MOST_LANGUAGES))
    stars = max(answer, key=lambda each: count(each, "stargazers_count"))
    lines = [f"{number}{': ' + known if known else ''}", _starred(stars)]
    organisation = _organisation(question)
    mention = _mention(
        question, url=f"https://github.com/{organisation}", title=f"{organisation} on GitHub", text="\n".join(lines)
    )
    return mention.model_copy(update={"kind": Kind.REFERENCE, "text_origin": TextOrigin.SNIPPET})


def _starred(repository: Any) -> str:
    name, stars = line(repository, "full_name"), count(repository, "stargazers_count")
    return f"Most stars: {name} ({stars:,})" if name and stars else ""


def _mention(question: Question, *, url: str, title: str, text: str, day: str = "") -> Mention:
    """By the organisation: the people who press its buttons are not named."""
    organisation = _organisation(question)
    return post(
        question,
        source=GitHub.name,
        kind=Kind.FIRST_PARTY,
        url=url,
        outlet=f"github.com/{organisation.lower()}",
        outlet_name=f"{organisation} on GitHub",
        title=title_of(title),
        text=text,
        published_at=from_iso(day),
    )
