"""Bodies that are made while they are sent: nothing large is kept, nothing large is shipped."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from replay.message import Chunk

MEBIBYTE = 1 << 20


def repeated(block: bytes, *, every: float) -> Iterator[Chunk]:
    """The same block for ever, with a pause of ``every`` seconds before each."""
    while True:
        yield every, block


def text(sentence: str, *, mebibytes: int) -> Iterator[Chunk]:
    """So much of a sentence over and over."""
    raw = sentence.encode()
    block = (raw * (MEBIBYTE // len(raw) + 1))[:MEBIBYTE]
    for _ in range(mebibytes):
        yield 0.0, block


def gzip_bomb(*, gibibytes: int) -> Iterator[Chunk]:
    """Zeros, packed: a thousand times larger once unpacked."""
    packer, zeros = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(MEBIBYTE)
    for _ in range(gibibytes * 1024):
        if packed := packer.compress(zeros):
            yield 0.0, packed
    yield 0.0, packer.flush()
