"""Small XML: what the two news searches share."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> str:
    """Escaped, and without the characters that XML 1.0 forbids."""
    return escape(_ILLEGAL.sub("", value))


def element(name: str, value: str, **attributes: str) -> str:
    """``<name attribute="...">value</name>``, all escaped."""
    pairs = "".join(f' {key}="{text(given).replace(chr(34), "&quot;")}"' for key, given in attributes.items())
    return f"<{name}{pairs}>{text(value)}</{name}>"
