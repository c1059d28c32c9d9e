"""What the tests of gofeed and feedparser expect of an entry, as cases of one field each."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

from bs4 import BeautifulSoup

from collect.feeds import Entry

_EXPECT = re.compile(rb"Expect:\s*(?:not bozo and\s*)?(.+?)\s*(?:-->|\n\S+:|\Z)", re.S)
_FIELD = re.compile(
    r"""^entries\[(?P<index>\d)\](?:
        \['(?P<title>title)'\]|\['title_detail'\]\['(?P<title2>value)'\]|(?:\['|\.)(?P<link>link)(?:'\])?|
        \['(?P<author>author)'\]|\['author_detail'\]\['(?P<author2>name)'\]|
        \['(?P<date>(?:published|updated|created)(?:_parsed)?)'\]
    )\s*==\s*(?P<value>.+)$""",
    re.VERBOSE | re.S,
)


@dataclass(frozen=True)
class Case:
    """`file` expects that the `field` of entry `index` reads `expected`."""

    file: str
    body: bytes
    field: str
    index: int
    expected: str

    def read(self, entry: Entry) -> str | None:
        """What was read there."""
        return _READ[self.field](entry)

    def agrees(self, found: str | None) -> bool:
        """A title may be meant as text, as markup, or as markup escaped once too often: the specifications leave the
        first two open, and real feeds do the third. One of several authors may be expected."""
        if self.field == "author":
            return _seen(self.expected) in {found, *(found or "").split(", ")}
        if self.field == "title":
            seen = _seen(self.expected)
            return _one_line(found or "") in {_one_line(self.expected), seen, _seen(seen)}
        return (found or "").casefold() == self.expected.casefold()


_READ: dict[str, Callable[[Entry], str | None]] = {
    "title": lambda entry: entry.title,
    "link": lambda entry: entry.url.rstrip("/"),
    "author": lambda entry: entry.author,
    "date": lambda entry: entry.published_at.isoformat() if entry.published_at else None,
}


def gofeed_cases(files: dict[str, bytes]) -> list[Case]:
    """From pairs of a feed and the JSON that is expected of it."""
    found: list[Case] = []
    for name, body in sorted(files.items()):
        told = files.get(re.sub(r"\.xml$|\.json$", "_expected.json", name)) if name.endswith(".json") else None
        expected = told or (files.get(name.removesuffix(".xml") + ".json") if name.endswith(".xml") else None)
        if expected is not None:
            found += _gofeed(name, body, _loaded(expected))
    return found


def feedparser_cases(files: dict[str, bytes]) -> list[Case]:
    """From the expressions in the comments at the top of the files; of those, simple comparisons of one field,
    and none that is about a header of the answer."""
    found = []
    for name, body in sorted(files.items()):
        told = body[:2_000]
        expect = _EXPECT.search(told) if name.endswith(".xml") and b"Content-Location" not in told else None
        case = _feedparser(name, body, expect[1].decode("utf-8", "replace")) if expect else None
        if case:
            found.append(case)
    return found


def _loaded(expected: bytes) -> dict[str, Any]:
    try:
        feed = json.loads(expected)
    except ValueError:
        return {}
    return feed if isinstance(feed, dict) else {}


def _gofeed(name: str, body: bytes, feed: dict[str, Any]) -> Iterator[Case]:
    items = feed.get("items") or feed.get("entries") or ()
    for index, item in enumerate(items):
        for field, value in _gofeed_fields(item):
            yield Case(name, body, field, index, value)


def _gofeed_fields(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if item.get("title"):
        yield "title", item["title"]
    link = item.get("link") or next((each["href"] for each in item.get("links") or () if _is_page(each)), "")
    if link:
        yield "link", link.rstrip("/")
    date = item.get("publishedParsed") or item.get("pubDateParsed") or item.get("updatedParsed")
    if date:
        yield "date", datetime.fromisoformat(date).astimezone(UTC).replace(microsecond=0).isoformat()
    names = [each["name"] for each in _people(item) if each.get("name")]
    if names:
        yield "author", ", ".join(dict.fromkeys(names))


def _people(item: dict[str, Any]) -> list[dict[str, Any]]:
    """Atom and JSON have objects, RSS one string: an address, a name, or both."""
    author = item.get("author")
    if isinstance(author, str):
        return [{"name": _seen(parseaddr(author)[0] or ("" if "@" in author else author))}]
    return item.get("authors") or ([author] if author else [])


def _is_page(link: Any) -> bool:
    return isinstance(link, dict) and link.get("rel", "alternate") == "alternate" and "href" in link


def _feedparser(name: str, body: bytes, expression: str) -> Case | None:
    matched = _FIELD.match(expression)
    if not matched or " and " in matched["value"]:
        return None
    field = (matched.lastgroup or "").rstrip("2") if matched.lastgroup != "value" else _which(matched)
    try:
        value = ast.literal_eval(matched["value"])
    except (ValueError, SyntaxError):
        return None
    expected = _feedparser_value(field, value)
    return Case(name, body, field, int(matched["index"]), expected) if expected else None


def _which(matched: re.Match[str]) -> str:
    groups = matched.groupdict()
    return next(field for field in ("title", "link", "author", "date") if groups[field] or groups.get(f"{field}2"))


def _feedparser_value(field: str, value: Any) -> str:
    """An author is expected as `Name (address)`, a parsed date as a tuple in UTC."""
    if field == "date":
        parsed = datetime(*value[:6], tzinfo=UTC) if isinstance(value, tuple) else None  # type: ignore[misc]
        return parsed.isoformat() if parsed else ""
    if field == "author":
        return re.sub(r"\s*\(\S+@\S+\)$", "", value) if "@" not in value.partition("(")[0] else ""
    return value.rstrip("/") if field == "link" else str(value)


def _seen(markup: str) -> str:
    return _one_line(BeautifulSoup(markup, "lxml").get_text())


def _one_line(text: str) -> str:
    return " ".join(text.split())
