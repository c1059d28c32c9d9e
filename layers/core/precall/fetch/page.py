"""What came back: bytes, what the server said about them, and their text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from precall.fetch.sniff import binary_kind

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IN_BODY = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset\s*=|<\?xml[^>]{0,200}?encoding\s*=)\s*["']?([\w.:-]{1,40})""", re.I
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]{1,40})""", re.I)
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})
_KNOWN = re.compile(
    r"^(?:utf-8|utf-16(?:-[lb]e)?|ascii|cp125\d|cp866|cp874|cp932|cp949|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)|"
    r"shift_jis|euc_jp|iso2022_jp|gb2312|gbk|gb18030|big5|big5hkscs|euc_kr|tis-620)$"
)
"""Charsets of the web. Python knows others ("idna", "unicode_escape") that no page is written in."""


@dataclass(frozen=True)
class Page:
    """A complete answer of status 2xx.

    `url` is the last one after redirects, `headers` have lower-case names, `content_type` is the media type in lower
    case ("" where the server named none), `charset` what the server declared.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """`text/html` of `Text/HTML; charset=UTF-8`."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """`utf-8` of `text/html; charset="UTF-8"`."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1].lower() if found else None

    @cached_property
    def binary(self) -> str | None:
        """`an image`, `a PDF`, … where the body is no text, whatever the server calls it; else None."""
        return binary_kind(self.body)

    @cached_property
    def text(self) -> str:
        """The body as text; never fails, what no charset explains becomes U+FFFD."""
        return decoded(self.body, self.charset)


def decoded(body: bytes, declared: str | None = None) -> str:
    """`body` as text: byte order mark, else the first of these that fits without an error: `declared`, what the body
    itself says, UTF-8. A Western charset is not believed of a body that is valid UTF-8."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    for charset in _candidates(body, declared):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    return _salvaged(body)


def _candidates(body: bytes, declared: str | None) -> Iterator[str]:
    in_body = _IN_BODY.search(body[:2048])
    by_server = _known(declared or "")
    by_itself = _known(in_body[1].decode("ascii", "replace")) if in_body else None
    if by_itself and by_itself.startswith("utf-16"):
        by_itself = "utf-8"  # it was just read as ASCII
    said = [name for name in (by_server, by_itself) if name]
    if not said or said[0] in _WESTERN:
        yield "utf-8"
    yield from ("cp1252" if name in _WESTERN else name for name in said)
    yield "utf-8"


def _known(name: str) -> str | None:
    try:
        canonical = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None
    return canonical if _KNOWN.match(canonical) else None


def _salvaged(body: bytes) -> str:
    """UTF-8 with holes where some of it is UTF-8; Windows-1252, the web's fallback, where nothing is."""
    text = body.decode("utf-8", "replace")
    if any(letter > "\x7f" and letter != "\ufffd" for letter in text):
        return text
    return body.decode("cp1252", "replace")
