"""Wire copies: the same text at several outlets, often under a new headline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from html import unescape

from precall.headlines import headline
from precall.identity import words
from precall.model import Mention

_DATELINE = re.compile(r"^[^.!?]{0,60}?(?:\([^()]{2,40}\)\s*[-–—:]*|\s[-–—]|:)\s+")
_REPOST = re.compile(r"^\s*RT @\w+:?\s*")
_ADDRESS = re.compile(r"https?://\S*")
_TAGS = re.compile(r"<[^>]{1,200}>")
_APOSTROPHES = re.compile(r"['’`]")
_LINES, _LINE_CHARACTERS = 2, 600
_LEAD_WORDS = 14
_LEAD_LEAST = 8
_TITLE_LEAST = 4
_FURNITURE = 2
"""From so many headlines of one outlet over the same first words, the words are the outlet's furniture, not a lead."""


class Sets:
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

    def join_equal(self, keyed: Iterable[tuple[int, Hashable]]) -> None:
        """Join all items that have a key in common; an item may have several."""
        first: dict[Hashable, int] = {}
        for item, key in keyed:
            self.join(first.setdefault(key, item), item)

    def members(self) -> list[list[int]]:
        """The sets, each in ascending order, by their lowest member."""
        found: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            found.setdefault(self.root(item), []).append(item)
        return list(found.values())


def same_text(mentions: Sequence[Mention]) -> list[list[int]]:
    """The mentions, by index, grouped by text: equal first words of a line of the lead, or an equal headline."""
    titles = [title_key(mention) for mention in mentions]
    leads = [lead_keys(mention.text[: _LINES * _LINE_CHARACTERS]) for mention in mentions]
    furniture = _furniture(mentions, titles, leads)
    sets = Sets(len(mentions))
    sets.join_equal((i, key) for i, keys in enumerate(leads) for key in keys if key not in furniture)
    sets.join_equal((i, key) for i, key in enumerate(titles) if key)
    return sets.members()


@lru_cache(maxsize=4096)  # a research asks twice: what to embed, and what is one text
def lead_keys(text: str) -> tuple[str, ...]:
    """The first words of each of the first lines, and those after what may be a dateline ("VIENNA (Reuters) - ").

    Without markup, addresses and "RT @…"; a line that is too short to be telling has none.
    """
    lines = [line for line in text.split("\n") if line.strip()][:_LINES]
    keys = []
    for line in lines:
        bare = _bare(line[:_LINE_CHARACTERS])
        keys += [_first_words(bare), _first_words(_DATELINE.sub("", bare))]
    return tuple(dict.fromkeys(key for key in keys if key))


def title_key(mention: Mention) -> str | None:
    """The words of a headline, without the outlet's name at its end; None for a short one ("Home", "Careers")."""
    return headline_key(headline(mention))


@lru_cache(maxsize=4096)
def headline_key(title: str) -> str | None:
    """The words of a headline that has no outlet's name; None for a short one."""
    start = words(_bare(title))
    telling = len(start) >= _TITLE_LEAST or len("".join(start)) >= 6 * _TITLE_LEAST
    return " ".join(start) if telling else None


def _first_words(text: str) -> str | None:
    start = words(text)[:_LEAD_WORDS]
    return " ".join(start) if len(start) >= _LEAD_LEAST else None


def _bare(text: str) -> str:
    """`text` without markup, addresses and apostrophes, and without "RT @somebody:" before it."""
    plain = _ADDRESS.sub(" ", _TAGS.sub(" ", _REPOST.sub("", text)))
    return _APOSTROPHES.sub("", unescape(plain)).strip()


def _furniture(mentions: Sequence[Mention], titles: Sequence[str | None], leads: Sequence[Sequence[str]]) -> set[str]:
    """First words that one outlet sets under several headlines: "The latest news from …" is no wire copy."""
    told: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    for mention, title, keys in zip(mentions, titles, leads, strict=True):
        for key in keys:
            told[key, mention.outlet].add(title)
    return {key for (key, _), headlines in told.items() if len(headlines) > _FURNITURE}
