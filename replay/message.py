"""What comes in and what goes out, without sockets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import punctuation
from typing import Any, Literal
from urllib.parse import parse_qs, quote

Chunk = tuple[float, bytes]
"""Seconds to wait, then bytes to send."""

Fault = Literal["hang", "reset"]
"""``hang``: never a byte. ``reset``: the connection is torn down (TCP RST)."""


@dataclass(frozen=True)
class Request:
    """A request for ``https://host/path?query``; path and query percent-encoded as received."""

    host: str
    path: str = "/"
    query: str = ""
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def json(self) -> dict[str, Any]:
        """The object in the body; empty where there is none."""
        try:
            sent = json.loads(self.body)
        except ValueError:
            return {}
        return sent if isinstance(sent, dict) else {}

    @cached_property
    def params(self) -> dict[str, str]:
        """The first value of each query parameter."""
        return {key: values[0] for key, values in parse_qs(self.query, keep_blank_values=True).items()}

    @property
    def url(self) -> str:
        """The address on the real internet that this stands for."""
        return f"https://{self.host}{self.path}" + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True)
class Answer:
    """A response. A ``body`` of chunks is sent as it comes: chunked, unless a length is declared."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | Iterable[Chunk] = b""
    delay: float = 0.0
    fault: Fault | None = None

    @property
    def content(self) -> bytes:
        """The whole body; TypeError for one that comes in chunks."""
        if isinstance(self.body, bytes):
            return self.body
        raise TypeError("the body comes in chunks and may have no end")


def html(text: str, status: int = 200) -> Answer:
    """A page in UTF-8."""
    return Answer(status, {"Content-Type": "text/html; charset=utf-8"}, _utf8(text))


def plain(text: str, status: int = 200) -> Answer:
    """Plain text in UTF-8."""
    return Answer(status, {"Content-Type": "text/plain; charset=utf-8"}, _utf8(text))


def xml(text: str, kind: str = "application/xml") -> Answer:
    """XML in UTF-8; ``kind`` is the media type."""
    return Answer(200, {"Content-Type": f"{kind}; charset=utf-8"}, _utf8(text))


def as_json(value: object, status: int = 200) -> Answer:
    """JSON in UTF-8."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    return Answer(status, headers, _utf8(json.dumps(value, ensure_ascii=False)))


def redirect(location: str, status: int = 302) -> Answer:
    """A redirect with an empty body; what a header cannot carry of the location is percent-encoded."""
    safe = quote(location, safe=punctuation)
    return Answer(status, {"Location": safe, "Content-Type": "text/html; charset=utf-8"})


def not_found(text: str = "Not found") -> Answer:
    """404 as a small page."""
    return html(f"<!doctype html><title>404</title><h1>{text}</h1>", 404)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")
