"""Answers that somebody has tampered with: cut, repeated, flipped, and with what parsers have choked on put in."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache

import httpx
from hypothesis import strategies as st

import replay
from precall.fetch import Door
from precall.fetch.manners import Manners
from replay import Request
from tests.unit.collect.support import ASKED_AT

EXAMPLES = int(os.environ.get("PRECALL_FUZZ", "4"))
"""Of each source and parser; more look deeper."""
CPU_SECONDS = 6.0
"""What one research of a source may compute, whatever it is answered: an article's bound, on a slow machine."""
LARGEST = 1_000_000
Tamper = Callable[[bytes], bytes]

_POISON = (
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>&b;", b"]]>", b"<![CDATA[", b"&#x0;",
    b"&#xD800;", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"[" * 3000, b"{" * 3000, b"<div>" * 4000, b"<!--" * 500, b'"',
    b"\\ud800", b"9" * 5000, b"1e999", b"-0.0e-999", b"NaN", b"null", b"&amp;" * 2000, b"0000-00-00T99:99:99Z",
    b"javascript:alert(1)", b"http://[::1", b"http://\xc2\xad", b"\xe2\x80\xae" * 50, b"<a href='" + b"a" * 50_000,
)  # fmt: skip
_places = st.floats(0, 1)
_op = (
    st.tuples(st.just("cut"), _places, _places)
    | st.tuples(st.just("again"), _places, _places)
    | st.tuples(st.just("flip"), _places, st.integers(0, 255))
    | st.tuples(st.just("poison"), _places, st.sampled_from(_POISON))
)
tampering: st.SearchStrategy[Tamper] = st.lists(_op, min_size=1, max_size=5).map(
    lambda ops: lambda body: _done(body, ops)
)


def _done(body: bytes, ops: Sequence[tuple[str, float, object]]) -> bytes:
    for kind, place, what in ops:
        at = int(place * len(body))
        if isinstance(what, bytes):
            body = body[:at] + what + body[at:]
        elif kind == "flip" and isinstance(what, int):
            body = body[:at] + bytes([what]) + body[at + 1 :]
        elif isinstance(what, float):
            end = at + int(what * min(2000, len(body) - at))
            body = body[:at] + body[end:] if kind == "cut" else body[:end] + body[at:end] * 20 + body[end:]
    return body[:LARGEST]


def door(tamper: Tamper) -> Door:
    """The replay web, every answer tampered with; nobody waits for a turn."""

    def serve(request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = Request(
            request.headers["host"], url.raw_path.decode().partition("?")[0], url.query.decode(), request.method
        )
        told = replay.answer(asked, _web())
        body = told.body if isinstance(told.body, bytes) else b""
        return httpx.Response(told.status, headers=dict(told.headers), content=tamper(body))

    async def resolve(host: str) -> tuple[str, ...]:
        return ("93.184.215.14",)

    return Door(
        user_agent="Precall/test (contact: ops@seller.example)",
        resolve=resolve,
        transport=httpx.MockTransport(serve),
        manners=Manners(robots=False),
    )


@cache
def _web() -> replay.Web:
    return replay.build(ASKED_AT)
