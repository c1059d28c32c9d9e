"""The query language that news search engines share: text in, a tree out.

``"exact phrase" word OR other -not (group) site:host when:7d after:2026-01-31 before:2026-02-28``

Words side by side must all match; ``OR`` binds tighter than that, as in Google's search. Nothing is an
error: an open quote or bracket ends with the text, a date that is none is a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from replay.nodes import All, Everything, Node, Not, OneOf, Site, Term, is_blank

MAX_DEPTH = 20


@dataclass(frozen=True)
class Query:
    """What to find, and how old it may be. ``before`` is exclusive, ``after`` inclusive."""

    node: Node
    within: timedelta | None = None
    after: datetime | None = None
    before: datetime | None = None


_TOKEN = re.compile(
    r"""\s*(?:(?P<minus>-(?=["(\w]))?
        (?:"(?P<phrase>[^"]*)"?|(?P<open>\()|(?P<close>\))|(?P<word>[^\s"()]+)))""",
    re.VERBOSE,
)
_WHEN = re.compile(r"when:(\d{1,5})([hdmy])", re.IGNORECASE)
_DATE = re.compile(r"(after|before):(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "m": timedelta(days=30), "y": timedelta(days=365)}


def parse(text: str) -> Query:
    """Read a news query; see the module for the language."""
    parser = _Parser(list(_TOKEN.finditer(text)))
    node = parser.sequence(depth=0)
    return replace(parser.restrictions, node=node)


def parse_words(text: str) -> Node:
    """Words and quoted phrases that must all match, ``-word`` must not; everything for an empty text."""
    found = (match for match in _TOKEN.finditer(text) if not (match["open"] or match["close"]))
    nodes = (_signed(match, Term(match["phrase"] or match["word"] or "")) for match in found)
    return All(kept) if (kept := tuple(node for node in nodes if not is_blank(node))) else Everything()


def _signed(match: re.Match[str], node: Node) -> Node:
    return Not(node) if match["minus"] else node


@dataclass
class _Parser:
    tokens: list[re.Match[str]]
    position: int = 0
    restrictions: Query = field(default_factory=lambda: Query(All(())))

    def sequence(self, depth: int) -> Node:
        """Read groups up to a closing bracket or the end."""
        nodes: list[Node] = []
        while (token := self._next()) and not (token["close"] and depth):
            node = self._alternatives(token, depth)
            if node is not None and not is_blank(node):
                nodes.append(node)
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _next(self) -> re.Match[str] | None:
        if self.position >= len(self.tokens):
            return None
        self.position += 1
        return self.tokens[self.position - 1]

    def _alternatives(self, token: re.Match[str], depth: int) -> Node | None:
        nodes = [self._unit(token, depth)]
        while self._at_or() and self.position + 1 < len(self.tokens):
            if self.tokens[self.position + 1]["close"]:
                break
            self.position += 2
            nodes.append(self._unit(self.tokens[self.position - 1], depth))
        kept = tuple(node for node in nodes if node is not None and not is_blank(node))
        return OneOf(kept) if len(kept) > 1 else next(iter(kept), None)

    def _at_or(self) -> bool:
        return self.position < len(self.tokens) and self.tokens[self.position]["word"] == "OR"

    def _unit(self, token: re.Match[str], depth: int) -> Node | None:
        if token["open"]:
            return _signed(token, self.sequence(depth + 1)) if depth < MAX_DEPTH else None
        if token["phrase"] is not None:
            return _signed(token, Term(token["phrase"]))
        return self._word(token)

    def _word(self, token: re.Match[str]) -> Node | None:
        word = token["word"] or ""
        if word in ("OR", "AND", "") or self._restricts(word):
            return None
        if word.lower().startswith("site:"):
            return _signed(token, Site(word[5:].lower().strip("/")))
        return _signed(token, Term(word))

    def _restricts(self, word: str) -> bool:
        if found := _WHEN.fullmatch(word):
            within = int(found[1]) * _UNITS[found[2].lower()]
            self.restrictions = replace(self.restrictions, within=within)
        elif (found := _DATE.fullmatch(word)) and (day := _day(found[2])):
            key = found[1].lower()
            self.restrictions = (
                replace(self.restrictions, after=day) if key == "after" else replace(self.restrictions, before=day)
            )
        else:
            return False
        return True


def _day(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
