"""JSON Feed (https://www.jsonfeed.org/version/1.1/), which some sites offer beside or instead of RSS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from collect.authors import authors_of
from collect.dates import stated
from collect.feed_entries import Entry
from collect.links import canonical_url
from collect.plain import summary_of, text_of, text_of_html, title_of
from precall.model import Precision

_VERSION = re.compile(r"jsonfeed\.org|^1(?:\.\d)?$")
"""Some write the number alone instead of the specification's address."""


def json_items(text: str) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """The feed and its items; None where `text` is no JSON Feed."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not _VERSION.search(str(feed.get("version"))) or not isinstance(items, list):
        return None
    return feed, [item for item in items if isinstance(item, dict)]


def json_entry(item: dict[str, Any], feed: dict[str, Any], base: str) -> Entry:
    """The entry of one item. `external_url` is what a link blog writes about: the item's own page is `url`."""
    dated = stated(item.get("date_published")) or stated(item.get("date_modified"))
    content = text_of_html(_string(item, "content_html")) or text_of(_string(item, "content_text"))
    summary = summary_of(_string(item, "summary"))
    return Entry(
        title=title_of(_string(item, "title") or (summary or content).partition("\n")[0]),
        url=canonical_url(_string(item, "url") or _string(item, "external_url") or _permalink(item), base),
        published_at=dated.at if dated else None,
        precision=dated.precision if dated else Precision.SECOND,
        summary=summary,
        content=content,
        author=authors_of([*_names(item)] or [*_names(feed)]),
    )


def _permalink(item: dict[str, Any]) -> str:
    found = _string(item, "id")
    return found if "://" in found else ""


def _names(holder: dict[str, Any]) -> Iterator[str]:
    """`authors` of version 1.1, `author` of version 1."""
    listed = holder.get("authors")
    for author in listed if isinstance(listed, list) else [holder.get("author")]:
        if isinstance(author, dict) and isinstance(author.get("name"), str):
            yield author["name"]


def _string(holder: dict[str, Any], name: str) -> str:
    value = holder.get(name)
    return value if isinstance(value, str) else ""
