"""A shelf of dated documents that can be searched as of a moment."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from replay.nodes import All, Everything, Node, Not, OneOf, Site, Term, wanted_terms
from replay.query import Query
from replay.textindex import TextIndex, needle

UNDATED = -(2**62)
LIMIT = 100
Item = TypeVar("Item")


@dataclass(frozen=True)
class Window:
    """Seconds since 1970: published at ``since`` or later, public at ``until`` or earlier."""

    since: int
    until: int


def window(query: Query, as_of: datetime) -> Window:
    """The window that a query asks for; nothing after ``as_of`` or from ``before`` on is in it."""
    since = max(
        (int(moment.timestamp()) for moment in (query.after, _back(query, as_of)) if moment),
        default=UNDATED,
    )
    until = int(as_of.timestamp())
    if query.before:
        until = min(until, int(query.before.timestamp()) - 1)
    return Window(since, until)


def _back(query: Query, as_of: datetime) -> datetime | None:
    return as_of - query.within if query.within is not None else None


class Row(NamedTuple):
    """What the shelf must know of a document. Times in seconds; ``visible``: first public."""

    title: str
    body: str
    host: str
    published: int
    visible: int


class Shelf(Generic[Item]):
    """Documents with text, host and times; ``item`` makes the full thing of a number."""

    def __init__(self, rows: Iterable[Row], item: Callable[[int], Item]) -> None:
        self.hosts: list[str] = []
        self.published = array("q")
        self.visible = array("q")
        self.item = item
        self._index = TextIndex(self._texts(rows))

    def _texts(self, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
        for row in rows:
            self.hosts.append(row.host)
            self.published.append(row.published)
            self.visible.append(row.visible)
            yield row.title, row.body

    def __len__(self) -> int:
        return len(self.hosts)

    def matching(self, node: Node, when: Window) -> list[int]:
        """Numbers of the documents that match inside the window; undated ones pass ``since``."""
        return [number for number in self._match(node, None) if self._is_inside(number, when)]

    def ranked(self, node: Node, when: Window) -> list[tuple[bool, int, int]]:
        """(a term is in the title, published, number), best first, at most LIMIT.

        Titles are looked at from the newest on, and no longer than needed: a common word is everywhere.
        """
        needles = [needle(term.text) for term in wanted_terms(node)]
        newest = sorted(self.matching(node, when), key=lambda number: (self.published[number], number), reverse=True)
        titled = list(islice((number for number in newest if self._is_titled(number, needles)), LIMIT))
        known = set(titled)
        rest = (number for number in newest if number not in known) if len(titled) < LIMIT else ()
        best = [(True, number) for number in titled] + [(False, number) for number in rest]
        return [(in_title, self.published[number], number) for in_title, number in best[:LIMIT]]

    def _is_titled(self, number: int, needles: Sequence[bytes]) -> bool:
        return any(self._index.in_title(number, phrase) for phrase in needles)

    def _is_inside(self, number: int, when: Window) -> bool:
        published = self.published[number]
        recent = published == UNDATED or published >= when.since
        return recent and self.visible[number] <= when.until

    def _match(self, node: Node, among: Sequence[int] | None) -> Sequence[int]:
        match node:
            case Term(text):
                return self._having(needle(text), among)
            case Site(host):
                return [n for n in self._among(among) if _is_under(self.hosts[n], host)]
            case Not(inner):
                refused = set(self._match(inner, among))
                return [n for n in self._among(among) if n not in refused]
            case OneOf(nodes):
                return sorted({n for inner in nodes for n in self._match(inner, among)})
            case All(nodes):
                return self._match_all(nodes, among)
            case Everything():
                return self._among(among)

    def _match_all(self, nodes: Sequence[Node], among: Sequence[int] | None) -> Sequence[int]:
        if not nodes:
            return []
        for node in sorted(nodes, key=_cost):
            among = self._match(node, among)
        return among or []

    def _having(self, phrase: bytes, among: Sequence[int] | None) -> list[int]:
        if not phrase:
            return list(self._among(among))
        if among is None:
            return list(self._index.containing(phrase))
        return [number for number in among if self._index.contains(number, phrase)]

    def _among(self, among: Sequence[int] | None) -> Sequence[int]:
        return range(len(self)) if among is None else among


def _cost(node: Node) -> tuple[int, int]:
    """Long words first: they leave the fewest documents for what follows."""
    match node:
        case Term(text):
            return (0, -len(text))
        case OneOf():
            return (1, 0)
        case All():
            return (0, 0)
        case Site():
            return (2, 0)
        case Not() | Everything():
            return (3, 0)


def _is_under(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)
