"""Sentences: where they begin and end, and whether one is whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from precall.identity import MAX_TEXT

_END = re.compile(r"(?<![.!?؟।])[.!?؟।]++[\"'”’»)\]]*+(?=\s|$)|[。！？]+[”’」』）]*")
"""Tried once for each run of marks: at each of them it would take the square of their number."""
_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Inc|Corp|Co|Ltd|No|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Gen|Gov|Sen|Rep|Rs|approx|est|e\.g|i\.e|a\.m|p\.m)|\b[A-Z](?:\.[A-Z])+)\.$"
)


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[str, ...]:
    """The whole sentences of `text`, verbatim and in order.

    Paragraphs are apart. What has no end mark, ends in an ellipsis (cut off), begins in lower case (cut on), or has an
    open quotation mark or bracket is no whole sentence and is left out.
    """
    lines = text[:MAX_TEXT].split("\n")
    return tuple(found for line in lines for found in _spans(line.strip()) if _is_whole(found))


def _spans(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if _is_bound(line[max(start, end.end() - 40) : end.end()], line[end.end() : end.end() + 4]):
            yield line[start : end.end()].strip()
            start = end.end()


def _is_bound(before: str, after: str) -> bool:
    """Whether a sentence ends here. "U.S." at the very end of a text may be cut off, so it does not count."""
    return not _ABBREVIATED.search(before) and not after.strip()[:1].islower()


def _is_whole(found: str) -> bool:
    first = found.lstrip("\"'“‘«([¿¡")[:1]
    starts = (first.isalnum() or first in tuple("$€£₹#@")) and not first.islower()
    is_cut = "…" in found[-2:] + found[:1] or found.rstrip("\"'”’)]").endswith("..") or found.startswith("..")
    return starts and not is_cut and _is_closed(found)


def _is_closed(found: str) -> bool:
    pairs = all(found.count(left) == found.count(right) for left, right in ("“”", "()", "[]", "«»", "「」"))
    return pairs and found.count('"') % 2 == 0
