"""A company's home page as an entry that proves facts: its description, and its data a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collect.feeds import language_of
from collect.links import canonical_url, outlet_of
from collect.question import Question
from collect.sources.site_schema import Organization
from precall.fetch import Page
from precall.ids import mention_id
from precall.model import AccountFact, Kind, Mention, TextOrigin

_LANGUAGE = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([a-z]{2,3})\b""", re.IGNORECASE)


def entry_of(
    page: Page, title: str, organization: Organization, description: str, question: Question
) -> Mention | None:
    """The entry; None where the page tells nothing of the company."""
    text = "\n".join([*([description] if description else []), *(line for _, _, line in _lines(organization))])
    url = canonical_url(page.url)
    if not text or not url:
        return None
    declared = _LANGUAGE.search(page.text[:5_000])
    return Mention(
        id=mention_id(url),
        source="site",
        kind=Kind.REFERENCE,
        url=url,
        outlet=outlet_of(url),
        outlet_name=question.prospect.label,
        title=title,
        text=text,
        text_origin=TextOrigin.SNIPPET,
        fetched_at=question.asked_at,
        language=language_of(declared[1]) if declared else None,
    )


def facts_of(entry: Mention, organization: Organization, description: str) -> tuple[AccountFact, ...]:
    """What the entry proves."""
    told = [("description", description)] if description else []
    told += [(name, value) for name, value, _ in _lines(organization)]
    return tuple(AccountFact.model_validate({"name": n, "value": v, "mention_id": entry.id}) for n, v in told)


def _lines(organization: Organization) -> Iterator[tuple[str, str, str]]:
    """(fact, value, line) of what the page's data says."""
    told = (
        ("founded", "Founded", organization.founded),
        ("employees", "Employees", organization.employees),
        ("headquarters", "Headquarters", organization.locality),
        ("owner", "Owner", organization.parent),
    )
    for name, label, value in told:
        if value:
            yield name, value, f"{label}: {value}"
