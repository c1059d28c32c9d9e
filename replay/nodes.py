"""The tree of a search: what must match, and what must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from replay.textindex import needle


@dataclass(frozen=True)
class Term:
    """A word or a phrase."""

    text: str


@dataclass(frozen=True)
class Site:
    """The host or a parent domain of it."""

    host: str


@dataclass(frozen=True)
class Not:
    """Everything but."""

    node: Node


@dataclass(frozen=True)
class OneOf:
    """At least one of."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class All:
    """Each of; without nodes it matches nothing."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Everything:
    """No condition."""


Node = Term | Site | Not | OneOf | All | Everything


def is_blank(node: Node) -> bool:
    """Whether the node holds no letter and no digit to search for."""
    match node:
        case Term(text):
            return not needle(text)
        case Not(inner):
            return is_blank(inner)
        case OneOf(nodes) | All(nodes):
            return not nodes
    return False


def wanted_terms(node: Node) -> Iterator[Term]:
    """The terms that a match holds; none of the refused ones."""
    match node:
        case Term():
            yield node
        case OneOf(nodes) | All(nodes):
            for inner in nodes:
                yield from wanted_terms(inner)
