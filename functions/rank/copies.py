"""Wire copies: the same text at several outlets, often under a new headline."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence

from precall.headlines import headline
from precall.identity import words
from precall.model import Mention

_DATELINE = re.compile(r"^[^.!?]{0,60}\((?:Reuters|AP|AFP|ANI|PTI|IANS|Bloomberg|dpa|Xinhua)\)\s*[-–—:]*\s*")
_TAGS = re.compile(r"<[^>]{1,200}>")
_LEAD_WORDS = 14
_LEAD_LEAST = 8
_TITLE_LEAST = 4


class Groups:
    """Disjoint sets of 0 … n−1 (union-find with path halving, Tarjan 1975); the root is the lowest number."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        """The lowest member of the set of `item`."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Make one set of two."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def join_equal(self, keys: Iterable[Hashable | None]) -> None:
        """Join all items with equal keys; None is equal to nothing."""
        first: dict[Hashable, int] = {}
        for item, key in enumerate(keys):
            if key is not None:
                self.join(first.setdefault(key, item), item)

    def members(self) -> list[list[int]]:
        """The sets, each in ascending order, by their lowest member."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())


def same_text(mentions: Sequence[Mention]) -> list[list[int]]:
    """The mentions, by index, grouped by text: equal first words of the lead, or an equal headline."""
    groups = Groups(len(mentions))
    groups.join_equal(lead_key(mention.text) for mention in mentions)
    groups.join_equal(title_key(mention) for mention in mentions)
    return groups.members()


def lead_key(text: str) -> str | None:
    """The first words of a text, without markup and dateline; None when it is too short to be telling."""
    start = words(_DATELINE.sub("", _TAGS.sub(" ", text[:600]).strip()))[:_LEAD_WORDS]
    return " ".join(start) if len(start) >= _LEAD_LEAST else None


def title_key(mention: Mention) -> str | None:
    """The words of a headline, without the outlet's name at its end; None for a short one ("Home", "Careers")."""
    start = words(headline(mention))
    telling = len(start) >= _TITLE_LEAST or len("".join(start)) >= 6 * _TITLE_LEAST
    return " ".join(start) if telling else None
