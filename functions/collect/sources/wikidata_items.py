"""Wikidata's items as its API gives them (https://www.wikidata.org/wiki/Special:MyLanguage/Wikibase/DataModel/JSON)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from collect.json_answers import Row, at, json_of, line, string
from precall.fetch import Page

_ITEM = re.compile(r"Q\d{1,12}")
_RANKS = {"preferred": 0, "normal": 1}
_LANGUAGES = ("en", "mul")
_MOST_VALUES = 50


@dataclass(frozen=True)
class Statement:
    """A value with what qualifies it: the first value of each qualifying property."""

    value: str
    qualifiers: Mapping[str, str]


@dataclass(frozen=True)
class Item:
    """One entity. `claims` are its statements by property, those that hold no longer left out, the best rank first."""

    id: str
    label: str
    description: str
    aliases: tuple[str, ...]
    title: str
    claims: Mapping[str, tuple[Statement, ...]]

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a property: ids of items, texts, addresses, moments, amounts."""
        return tuple(statement.value for statement in self.claims.get(name, ()))

    @property
    def names(self) -> tuple[str, ...]:
        """Its label and its aliases."""
        return tuple(dict.fromkeys(name for name in (self.label, *self.aliases) if name))


def found_ids(page: Page) -> tuple[list[str], str | None]:
    """The items of an answer to `wbsearchentities`, best first, and a clause when it is none."""
    answer, flaw = json_of(page)
    hits = at(answer, "search")
    if flaw or not isinstance(hits, list):
        return [], flaw or _error(answer) or "the answer has no list of search"
    return list(dict.fromkeys(id for hit in hits if _ITEM.fullmatch(id := string(hit, "id")))), None


def items_of(page: Page) -> tuple[list[Item], str | None]:
    """The items of an answer to `wbgetentities`, and a clause when it is none."""
    answer, flaw = json_of(page)
    rows = at(answer, "entities")
    if flaw or not isinstance(rows, Mapping):
        return [], flaw or _error(answer) or "the answer has no entities"
    return [_item(row) for row in rows.values() if _ITEM.fullmatch(string(row, "id"))], None


def _item(row: Row) -> Item:
    claims = at(row, "claims")
    return Item(
        id=string(row, "id"),
        label=next((name for language in _LANGUAGES if (name := line(row, "labels", language, "value"))), ""),
        description=line(row, "descriptions", "en", "value"),
        aliases=tuple(_aliases(row)),
        title=line(row, "sitelinks", "enwiki", "title"),
        claims={name: _statements(told) for name, told in claims.items()} if isinstance(claims, Mapping) else {},
    )


def _aliases(row: Row) -> Iterator[str]:
    for language in _LANGUAGES:
        told = at(row, "aliases", language)
        yield from (name for one in (told if isinstance(told, list) else []) if (name := line(one, "value")))


def _statements(told: Any) -> tuple[Statement, ...]:
    rows = [row for row in (told if isinstance(told, list) else []) if string(row, "rank") in _RANKS]
    rows.sort(key=lambda row: _RANKS[string(row, "rank")])
    read = (Statement(value, _qualifiers(row)) for row in rows if (value := _value(at(row, "mainsnak"))))
    return tuple(statement for statement in read if "P582" not in statement.qualifiers)[:_MOST_VALUES]


def _qualifiers(row: Row) -> dict[str, str]:
    told = at(row, "qualifiers")
    if not isinstance(told, Mapping):
        return {}
    return {name: _value(snaks[0]) for name, snaks in told.items() if isinstance(snaks, list) and snaks}


def _value(snak: Any) -> str:
    """The value as text; "" for an unknown one, or of a kind that is not read."""
    value = at(snak, "datavalue", "value")
    if isinstance(value, str):
        return line(snak, "datavalue", "value")
    return next((text for name in ("id", "time", "amount", "text") if (text := line(value, name))), "")


def _error(answer: Any) -> str | None:
    code = line(answer, "error", "code")
    return f"the answer is the error {code}" if code else None
