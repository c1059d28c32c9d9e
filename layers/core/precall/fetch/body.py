"""Reading a body that may be too long, or that unpacks to something too long."""

from __future__ import annotations

import zlib
from typing import Protocol

import httpx

from precall.fetch.errors import FetchFailed, TooLarge

ACCEPTED = "gzip, deflate"
_GZIP_MAGIC = b"\x1f"
_MOST_MEMBERS = 64
"""Members of one gzip body; a body of many empty ones costs time and gives nothing."""


class _Decoder(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """What `data` unpacks to, cut after `room + 1` bytes."""

    def finish(self) -> None:
        """FetchFailed when the body is incomplete."""


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        return data[: room + 1]

    def finish(self) -> None:
        """A plain body has no end of its own."""


class _Gunzip:
    """gzip, all of its members (RFC 1952, 2.2); what follows the last one is ignored."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 1
        self._begun = False

    def feed(self, data: bytes, room: int) -> bytes:
        out = b""
        while data and len(out) <= room and self._goes_on(data):
            out += _inflate(self._stream, data, room + 1 - len(out))
            data = self._stream.unused_data
            self._begun = True
        return out

    def finish(self) -> None:
        if self._begun:
            _refuse_unfinished(self._stream)

    def _goes_on(self, data: bytes) -> bool:
        if not self._stream.eof:
            return True
        if data[:1] != _GZIP_MAGIC:
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise TooLarge(f"sent a gzip body of more than {_MOST_MEMBERS} members")
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True


class _Inflate:
    """deflate, with its zlib header as the standard wants, or without as some servers send it."""

    def __init__(self) -> None:
        self._head = b""
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes, room: int) -> bytes:
        if self._stream is None:
            data = self._head = self._head + data
            if len(data) < 2:
                return b""
            wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._stream = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        return b"" if self._stream.eof else _inflate(self._stream, data, room + 1)

    def finish(self) -> None:
        if self._stream is not None:
            _refuse_unfinished(self._stream)


def _inflate(stream: zlib._Decompress, data: bytes, most: int) -> bytes:
    try:
        return stream.decompress(data, most)
    except zlib.error:
        raise FetchFailed("sent a compressed body that cannot be unpacked") from None


def _refuse_unfinished(stream: zlib._Decompress) -> None:
    if not stream.eof:
        raise FetchFailed("sent a compressed body that breaks off")


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """The unpacked body of a streamed response.

    TooLarge beyond `limit` bytes, counted on the wire and again unpacked; at most one byte more is ever unpacked.
    FetchFailed for a broken body or an encoding that was not asked for.
    """
    decoder = _decoder(response.headers.get("content-encoding", ""))
    if _int_or_zero(response.headers.get("content-length", "")) > limit:
        raise _too_large(limit)
    wire, unpacked = 0, bytearray()
    async for chunk in _raw(response):
        wire += len(chunk)
        unpacked += decoder.feed(chunk, limit - len(unpacked))
        if wire > limit or len(unpacked) > limit:
            raise _too_large(limit)
    decoder.finish()
    return bytes(unpacked)


def _raw(response: httpx.Response) -> httpx.AsyncByteStream:
    """The bytes as they were sent: what `aiter_raw` reads, and there too where a test gave a body at once."""
    if not isinstance(response.stream, httpx.AsyncByteStream):
        raise FetchFailed("sent a body that cannot be read")
    return response.stream


def _int_or_zero(text: str) -> int:
    """The number in a header, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _decoder(encoding: str) -> _Decoder:
    name = encoding.strip().lower().removeprefix("x-")
    if name in ("", "identity"):
        return _Plain()
    if name == "gzip":
        return _Gunzip()
    if name == "deflate":
        return _Inflate()
    raise FetchFailed(f"sent an encoding that was not asked for ({name[:40]})")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"sent more than {limit / 1_000_000:g} MB")
