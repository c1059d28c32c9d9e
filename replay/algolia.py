"""Algolia's way of asking and telling about Hacker News: filters in, hits out."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

from replay.items import HnItem, iso, seconds

Check = Callable[[HnItem], bool]
_COMPARISON = re.compile(r"(created_at_i|points|num_comments)(<=|>=|!=|<|>|=)(-?\d{1,12})")
_OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


class Refused(Exception):
    """A parameter that Algolia answers with 400."""


def checks(params: Mapping[str, str]) -> list[Check]:
    """``numericFilters`` and ``tags`` as checks that an item must all pass."""
    return [*_numeric(params.get("numericFilters", "")), *_tags(params.get("tags", ""))]


def count(params: Mapping[str, str], name: str, default: int) -> int:
    """A whole number of the parameters, zero or more."""
    value = params.get(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise Refused(f"invalid value for '{name}': expected a non-negative integer")
    return int(value)


def _numeric(filters: str) -> list[Check]:
    return [_comparison(part.strip()) for part in filters.split(",") if part.strip()]


def _comparison(part: str) -> Check:
    found = _COMPARISON.fullmatch(part.replace(" ", ""))
    if not found:
        raise Refused(f"invalid numeric filter: {part}")
    name, compare, bound = found[1], _OPERATORS[found[2]], int(found[3])
    return lambda item: compare(_number(item, name), bound)


def _number(item: HnItem, name: str) -> int:
    return {"created_at_i": seconds(item.created), "points": item.points, "num_comments": item.comments}[name]


def _tags(wanted: str) -> list[Check]:
    """Commas mean and; inside brackets they mean or."""
    groups = [group.strip("()").split(",") for group in re.findall(r"\([^)]*\)|[^,()]+", wanted)]
    return [_any_tag({tag.strip() for tag in group}) for group in groups]


def _any_tag(tags: set[str]) -> Check:
    return lambda item: not tags.isdisjoint(_tags_of(item))


def _tags_of(item: HnItem) -> list[str]:
    kind = "comment" if item.is_comment else "story"
    return [kind, f"author_{item.author}", f"story_{item.story_id or item.number}"]


def hit(item: HnItem, words: list[str]) -> dict[str, Any]:
    """An item as a hit, with the words marked."""
    shared: dict[str, Any] = {
        "_highlightResult": _highlights(item, words),
        "_tags": _tags_of(item),
        "author": item.author,
        "created_at": iso(item.created),
        "created_at_i": seconds(item.created),
        "objectID": str(item.number),
        "updated_at": iso(item.created),
        "story_id": item.story_id or item.number,
    }
    return shared | (_comment_fields(item) if item.is_comment else _story_fields(item))


def _comment_fields(item: HnItem) -> dict[str, Any]:
    return {
        "comment_text": item.text,
        "parent_id": item.story_id,
        "story_title": item.story_title,
        "story_url": item.story_url or None,
    }


def _story_fields(item: HnItem) -> dict[str, Any]:
    fields: dict[str, Any] = {"title": item.title, "points": item.points, "num_comments": item.comments}
    return fields | ({"url": item.url} if item.url else {}) | ({"story_text": item.text} if item.text else {})


def _highlights(item: HnItem, words: list[str]) -> dict[str, Any]:
    texts = {"author": item.author} | (
        {"comment_text": item.text, "story_title": item.story_title, "story_url": item.story_url}
        if item.is_comment
        else {"title": item.title, "url": item.url, "story_text": item.text}
    )
    return {name: _highlight(value, words) for name, value in texts.items() if value}


def _highlight(value: str, words: list[str]) -> dict[str, Any]:
    found = [word for word in words if re.search(_bounded(word), value, re.IGNORECASE)]
    for word in found:
        value = re.sub(_bounded(word), r"<em>\g<0></em>", value, flags=re.IGNORECASE)
    level = "none" if not found else "full" if len(found) == len(words) else "partial"
    marks: dict[str, Any] = {"fullyHighlighted": False} if found else {}
    return {"value": value, "matchLevel": level, **marks, "matchedWords": [word.lower() for word in found]}


def _bounded(word: str) -> str:
    return rf"(?<!\w){re.escape(word)}(?!\w)"
