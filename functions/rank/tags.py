"""Names inside handles and hashtags: Acme in "@AcmeSupport" and "#BoycottAcme"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from rank.target_text import ORDINARY_WORDS, Span, name_forms

SHORT = 3
"""Letters below which a name must be written in a tag as it is given: "GE", not "Ge"."""

_TAG = re.compile(r"(?<!\w)[@#](\w{2,60})\b")
_UPPER, _LOWER = "A-ZÀ-ÖØ-Þ", "a-zß-öø-ÿ"
_WORD = re.compile(rf"[{_UPPER}]+(?![{_LOWER}])|[{_UPPER}]?[{_LOWER}]+|\d+")


def tags_with_names(text: str, names: Sequence[str]) -> list[Span]:
    """The handles and hashtags of `text`, with their sign, in which one of `names` is one or more whole words.

    Words in a tag begin with a capital ("#BoycottAcme"); a name that is also an ordinary English word does not count.
    """
    wanted = {squeezed(form) for name in names for form in name_forms(name)} - ORDINARY_WORDS
    return [tag.span() for tag in _TAG.finditer(text) if wanted & runs_of_words(tag[1])]


def squeezed(name: str) -> str:
    """Letters and digits alone, in small letters unless the name is short."""
    kept = "".join(c for c in name if c.isalnum())
    return kept if len(kept) < SHORT else kept.lower()


def runs_of_words(tag: str) -> set[str]:
    """Every run of words of a tag, squeezed: "EAMaddenNFL" has "EA", "eamadden", "madden", "maddennfl" and more."""
    words = _WORD.findall(tag)
    return {squeezed(run) for i in range(len(words)) for run in accumulate(words[i:])}
