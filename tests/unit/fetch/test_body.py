"""However long or twisted a body is, it costs a bounded amount of memory and time."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.fetch import FetchFailed, Page, TooLarge
from precall.fetch.body import read_body
from tests.unit.fetch.web import FakeWeb, Stream

LIMIT = 100_000


async def get(body: bytes, encoding: str = "", piece: int = 65536, **headers: str) -> Page:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), piece):
            yield body[start : start + piece]

    named = {"content-encoding": encoding, **{name.replace("_", "-"): value for name, value in headers.items()}}
    web = FakeWeb(lambda request: httpx.Response(200, headers=named, stream=Stream(pieces())))
    async with web.door() as door:
        return await door.get("https://acme.com/", limit=LIMIT)


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


async def test_bodies_are_unpacked() -> None:
    body = b"quarterly results " * 500
    for encoding, packed in {
        "": body,
        "identity": body,
        "gzip": gzip.compress(body, mtime=0),
        "x-gzip": gzip.compress(body, mtime=0),
        "GZIP": gzip.compress(body[:100], mtime=0) + gzip.compress(body[100:], mtime=0) + b"\0\0",
        "deflate": zlib.compress(body),
        " deflate": raw_deflate(body),
    }.items():
        for piece in (1, 7, 65536):
            assert (await get(packed, encoding, piece)).body == body, (encoding, piece)


@given(st.binary(max_size=3000), st.integers(1, 500))
def test_unpacking_gives_back_what_was_packed(body: bytes, piece: int) -> None:
    import asyncio

    assert asyncio.run(get(gzip.compress(body, mtime=0), "gzip", piece)).body == body


async def test_a_bomb_stops_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000, mtime=0)
    assert len(bomb) < LIMIT
    with pytest.raises(TooLarge, match=r"more than 0\.1 MB"):
        await get(bomb, "gzip")


async def test_a_bomb_is_never_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    real, most = zlib.decompressobj, 0

    class Watched:
        def __init__(self, wbits: int) -> None:
            self._real = real(wbits)

        def decompress(self, data: bytes, max_length: int) -> bytes:
            nonlocal most
            out = self._real.decompress(data, max_length)
            most = max(most, len(out))
            return out

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    monkeypatch.setattr(zlib, "decompressobj", Watched)
    with pytest.raises(TooLarge):
        await get(gzip.compress(b"\0" * 50_000_000, mtime=0), "gzip")
    assert most == LIMIT + 1


async def test_an_endless_body_stops_at_the_limit() -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"x" * 1000

    body = Stream(endless())
    web = FakeWeb(lambda request: httpx.Response(200, stream=body))
    async with web.door() as door:
        with pytest.raises(TooLarge):
            await door.get("https://acme.com/", limit=LIMIT)
    assert body.taken <= LIMIT // 1000 + 1
    assert body.closed


async def test_a_declared_length_beyond_the_limit_is_not_even_read() -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("was read")
        yield b""

    response = httpx.Response(200, headers={"content-length": "20000000"}, stream=Stream(never()))
    with pytest.raises(TooLarge):
        await read_body(response, LIMIT)


async def test_a_lying_length_is_no_error() -> None:
    assert (await get(b"hello", content_length="lots")).body == b"hello"


async def test_what_fits_exactly_passes() -> None:
    assert len((await get(b"x" * LIMIT)).body) == LIMIT
    assert len((await get(gzip.compress(b"x" * LIMIT, mtime=0), "gzip")).body) == LIMIT


async def test_empty_bodies_are_empty() -> None:
    assert (await get(b"")).body == b""
    assert (await get(b"", "gzip")).body == b""


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(b"a long enough body to be cut " * 50, mtime=0)[:-20], "gzip"),
        (b"not packed at all", "gzip"),
        (b"\xff\xff not packed at all", "deflate"),
        (b"\x0b\x02\x80hi\x03", "br"),
        (gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "gzip, gzip"),
    ],
)
async def test_a_body_that_cannot_be_unpacked_says_so(body: bytes, encoding: str) -> None:
    with pytest.raises(FetchFailed):
        await get(body, encoding)


async def test_thousands_of_empty_members_are_not_walked_through() -> None:
    with pytest.raises(TooLarge, match="members"):
        await get(gzip.compress(b"", mtime=0) * 4000, "gzip")
