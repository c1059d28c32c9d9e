"""Plain text out of whatever a source sends."""

from __future__ import annotations

import html
import re
import sys

from lxml import etree

TITLE_LIMIT = 300
TEXT_LIMIT = 20_000
_READ_LIMIT = 400_000
_BLOCKS = frozenset(
    "address article blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul".split()
)
_TAG = re.compile(
    r"</?(?:a|b|br|code|div|em|font|h[1-6]|i|iframe|img|p|script|span|strong|style|su[bp]|u)\b[^<]*>", re.I
)
_SILENT = frozenset({"iframe", "noscript", "script", "style", "template"})
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_HALF_REFERENCE = re.compile(r"&?#(3[489]|8211|821[267]|822[01]|8230);")
"""A character reference that lost its ampersand on the way, as in "#39;cushion#39;"."""
_REFERENCE, _LONGEST = re.compile(r"&#([xX][0-9a-fA-F]+|[0-9]+);?"), 12
_WINDOWS = {number: bytes([number]).decode("cp1252", "ignore") for number in range(0x80, 0xA0)}
"""Where a reference means a letter of Windows' code page, as browsers take it: `&#146;`."""
_APPEARED = re.compile(r"\s*The post\s.{1,300}?\s(?:first appeared|appeared first) on\s.{1,200}$", re.S)


def title_of(text: str, is_html: bool = False) -> str:
    """One line of at most 300 characters; markup is removed also where the source does not admit to it."""
    marked_up = is_html or _TAG.search(text)
    told = text_of_html(text) if marked_up else html.unescape(_CONTROL.sub("", text[:_READ_LIMIT]))
    told = _mended(text_of_html(told) if _TAG.search(told) else told)
    return cut(" ".join(told.split()), TITLE_LIMIT)


def text_of(text: str) -> str:
    """Paragraphs of at most 20,000 characters together; runs of white space and control characters are gone."""
    lines = (" ".join(line.split()) for line in _mended(_CONTROL.sub("", text[:_READ_LIMIT])).splitlines())
    return cut("\n".join(line for line in lines if line), TEXT_LIMIT)


def text_of_html(markup: str) -> str:
    """The text that a reader of `markup` sees, a line for each paragraph; scripts and styles are left out.

    Read by libxml2, in time that grows with the length alone: Python's own parser takes the square of it for tags that
    are not closed (64 KB: 28 s).
    """
    parser = etree.HTMLParser(target=_Said(), encoding="utf-8")
    parser.feed(_CONTROL.sub("", markup[:_READ_LIMIT]).encode("utf-8", "replace") or b" ")
    said: str = parser.close()
    return text_of(said.translate(_WINDOWS))


def summary_of(markup: str) -> str:
    """A feed's summary as text, without the "The post … appeared first on …" that WordPress adds."""
    return _APPEARED.sub("", text_of_html(markup))


def only_characters(markup: str) -> str:
    """`markup` with a sign for each reference to what is no character (`&#xD800;`), on which parsers of XML fail."""
    return _REFERENCE.sub(_character, markup)


def cut(text: str, limit: int) -> str:
    """`text`, shortened at a word with an ellipsis where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    inside_word = not (kept[-1:].isspace() or text[limit - 1].isspace())
    return (re.sub(r"\s\S*$", "", kept) if inside_word else kept).rstrip() + "…"


def _character(reference: re.Match[str]) -> str:
    """The reference, if there is such a character, else the sign for one that is not."""
    digits, base = (reference[1][1:], 16) if reference[1][0] in "xX" else (reference[1], 10)
    number = int(digits, base) if len(digits) < _LONGEST else sys.maxunicode + 1
    return reference[0] if number <= sys.maxunicode and not 0xD800 <= number <= 0xDFFF else "\ufffd"


def _mended(text: str) -> str:
    return _HALF_REFERENCE.sub(lambda found: chr(int(found[1])), text)


class _Said:
    """What a parser hears of a text: blocks are lines."""

    def __init__(self) -> None:
        self._said: list[str] = []
        self._silent = 0

    def start(self, tag: str, attributes: object) -> None:
        """A tag that opens."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._said.append("\n")

    def end(self, tag: str) -> None:
        """A tag that closes."""
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self._said.append("\n")

    def data(self, text: str) -> None:
        """A piece of text."""
        if not self._silent:
            self._said.append(text)

    def close(self) -> str:
        """All of it."""
        return "".join(self._said)
