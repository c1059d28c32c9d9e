"""JSON answers, in whatever state they come: their rows as mentions, and a clause about what could not be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from collect.batch import Batch
from collect.feeds import why_not
from collect.plain import title_of
from precall.fetch import Page
from precall.model import Mention

Row = Mapping[str, Any]
T = TypeVar("T")
_MOST_COUNTED = 1_000_000_000


def batch_of(page: Page, name: str, mention: Callable[[Row], Mention | None], most: int) -> Batch:
    """The mentions of the first `most` rows of the list `name`.

    `mention` gives None for a row that is left out on purpose, and raises ValueError for one that cannot be read.
    """
    answer, flaw = json_of(page)
    rows = at(answer, name)
    if flaw or not isinstance(rows, list):
        return Batch(flaw=flaw or f"the answer has no list of {name}")
    return mentions_of(rows[:most], mention, name)


def json_of(page: Page) -> tuple[Any, str | None]:
    """What `page` says, and a clause where it is no JSON."""
    try:
        return json.loads(page.text), None
    except (ValueError, RecursionError):
        return None, why_not(page, "JSON", "answer")


def at(row: Any, *path: str) -> Any:
    """What is in `row` below the names of `path`; None where there is no such place."""
    for name in path:
        row = row.get(name) if isinstance(row, Mapping) else None
    return row


def string(row: Any, *path: str) -> str:
    """The text there; "" where there is none."""
    value = at(row, *path)
    return value if isinstance(value, str) else ""


def line(row: Any, *path: str) -> str:
    """The text there as one line without markup."""
    return title_of(string(row, *path))


def needed(row: Any, *path: str) -> str:
    """The text there as one line; ValueError names the place where there is none."""
    found = line(row, *path)
    if not found:
        raise ValueError(f"{'.'.join(path)} is missing")
    return found


def count(row: Any, *path: str) -> int:
    """The number there, 0 where there is none or a negative one."""
    value = at(row, *path)
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return min(max(0, value), _MOST_COUNTED)


def number(row: Any, *path: str) -> int:
    """The positive whole number there, also one written as text, as ids are; ValueError without one."""
    value = at(row, *path)
    text = value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
    if not (text.isascii() and text.isdecimal() and len(text) <= 20):
        raise ValueError(f"{'.'.join(path)} is no number")
    return int(text)


def mentions_of(rows: list[Any], mention: Callable[[Row], Mention | None], noun: str) -> Batch:
    """The mentions of `rows`, as `batch_of` reads them, and how many of the `noun` could not be read."""
    mentions, flaw = items_of(rows, mention, noun)
    return Batch(tuple(mentions), flaw)


def items_of(rows: list[Any], read: Callable[[Row], T | None], noun: str) -> tuple[list[T], str | None]:
    """What `read` makes of `rows`, and how many of the `noun` could not be read; see `batch_of`."""
    items: list[T] = []
    unread = 0
    for row in rows:
        try:
            found = read(_row(row))
        except ValueError:
            unread += 1
        else:
            items += [] if found is None else [found]
    return items, f"{unread} of {len(rows)} {noun} could not be read" if unread else None


def _row(value: object) -> Row:
    if not isinstance(value, Mapping):
        raise ValueError("no object")
    return value
