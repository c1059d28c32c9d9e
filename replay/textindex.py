"""Whole-word search in one block of bytes: no index to build, so tens of thousands of texts load fast.

Every document becomes ``\\x01 title \\x02 body `` in lower case, with punctuation turned into single
spaces. A word or a phrase is then found by looking for `` word word `` with ``bytes.find``.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

_DOC, _FIELD = b"\x01", b"\x02"
_BATCH = 4096
# No-break space, guillemets, dashes, curly quotes, ellipsis, rupee sign, CJK stops: as UTF-8.
_WIDE = re.compile(rb"\xe2\x80[\x80-\xbf]")
_WIDE_LATIN = re.compile(rb"\xc2[\xa0-\xbf]")
_WIDE_OTHER = re.compile(rb"\xe2\x82\xb9|\xe3\x80[\x80-\x91]")
_SPACES = re.compile(b"  +")


def _is_kept(code: int) -> bool:
    return code >= 0x80 or chr(code).isalnum() or code in (0x01, 0x02)


_TABLE = bytes(code if _is_kept(code) else 0x20 for code in range(256))


def _fold(text: str) -> bytes:
    raw = text.lower().encode("utf-8", "ignore").translate(_TABLE)
    for marks in (_WIDE, _WIDE_LATIN, _WIDE_OTHER, _SPACES):
        raw = marks.sub(b" ", raw)
    return raw


def needle(phrase: str) -> bytes:
    """The bytes to look for, spaces around; empty when the phrase holds no letter and no digit."""
    words = _fold(_clean(phrase)).strip()
    return b" " + words + b" " if words else b""


def _clean(text: str) -> str:
    return text.replace("\x01", " ").replace("\x02", " ")


class TextIndex:
    """Documents by number, each with a title and a body, searched by whole words."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._blob = b"".join(_folded_batches(texts)) + _DOC
        self._starts = array("q", _positions(self._blob))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def containing(self, phrase: bytes) -> Iterator[int]:
        """Numbers of the documents that hold the needle, in order."""
        position = self._blob.find(phrase)
        while position >= 0:
            document = bisect_right(self._starts, position) - 1
            yield document
            position = self._blob.find(phrase, self._starts[document + 1])

    def contains(self, document: int, phrase: bytes) -> bool:
        """Whether one document holds the needle."""
        return self._blob.find(phrase, self._starts[document], self._starts[document + 1]) >= 0

    def in_title(self, document: int, phrase: bytes) -> bool:
        """Whether the document's title holds the needle."""
        start = self._starts[document]
        return self._blob.find(phrase, start, self._blob.find(_FIELD, start)) >= 0


def _folded_batches(texts: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    rest = iter(texts)
    while batch := list(islice(rest, _BATCH)):
        yield _fold("".join(f"\x01 {_clean(title)} \x02 {_clean(body)} " for title, body in batch))


def _positions(blob: bytes) -> Iterator[int]:
    position = blob.find(_DOC)
    while position >= 0:
        yield position
        position = blob.find(_DOC, position + 1)
