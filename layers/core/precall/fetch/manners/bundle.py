"""All that sources told about one account, in one object: a research reads and writes once, not for every answer."""

from __future__ import annotations

import asyncio
import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from precall.fetch.manners.cache import Cache, Kept, packed, unpacked
from precall.fetch.threads import aside

MOST_BYTES = 12_000_000
"""Of all bodies together; the oldest answers go first."""
KEPT_FOR = timedelta(days=2)
"""As the bucket's lifecycle rule has it for objects of their own."""


class Bundle:
    """The answers of an account's researches below `key` of the cache; of two at once the later store stays.

    Raises StorageUnavailable."""

    def __init__(self, cache: Cache, key: str) -> None:
        self._cache = cache
        self._key = key
        self._kept: dict[str, Kept] | None = None
        self._changed = False
        self._loading = asyncio.Lock()

    async def get(self, key: str) -> Kept | None:
        """What is kept under `key`."""
        return (await self._loaded()).get(key)

    async def put(self, key: str, kept: Kept) -> None:
        """Keep it until `store`."""
        (await self._loaded())[key] = kept
        self._changed = True

    async def store(self) -> None:
        """What was put is kept for the next research; nothing is written when nothing was put."""
        if self._kept and self._changed:
            self._changed = False
            await aside(self._store, dict(self._kept))

    async def _loaded(self) -> dict[str, Kept]:
        async with self._loading:
            if self._kept is None:
                self._kept = await aside(self._load)
            return self._kept

    def _load(self) -> dict[str, Kept]:
        stored = self._cache.get(self._key)
        return _opened(stored.body) if stored else {}

    def _store(self, kept: Mapping[str, Kept]) -> None:
        now = max(answer.at for answer in kept.values())
        self._cache.put(self._key, Kept("", {}, _closed(_fitting(kept, now)), now))


def _fitting(kept: Mapping[str, Kept], now: datetime) -> dict[str, Kept]:
    left, fitting = MOST_BYTES, dict[str, Kept]()
    for key, answer in sorted(kept.items(), key=lambda one: one[1].at, reverse=True):
        left -= len(answer.body)
        if left >= 0 and now - answer.at < KEPT_FOR:
            fitting[key] = answer
    return fitting


def _closed(kept: Mapping[str, Kept]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for key, answer in kept.items():
            archive.writestr(key, packed(answer))
    return file.getvalue()


def _opened(body: bytes) -> dict[str, Kept]:
    """What cannot be read is not there."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            answers = {key: unpacked(archive.read(key)) for key in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return {}
    return {key: answer for key, answer in answers.items() if answer}
