"""Answers that are good for a while, shared across leads: only public GETs, only whole and small ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FOLDER = "cache/"
_HEADERS = ("content-type", "etag", "last-modified")


@dataclass(frozen=True)
class Kept:
    """An answer of status 200: where it came from after redirects, what its parser and the next asking need of its
    headers, its body, and when (aware, UTC) it was known to be current."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    at: datetime


class Cache(Protocol):
    """The port. Raises StorageUnavailable."""

    def get(self, key: str) -> Kept | None:
        """What is kept under `key`."""

    def put(self, key: str, kept: Kept) -> None:
        """Keep it under `key`, in the place of what was there."""


def cache_key(*parts: str) -> str:
    """The key of an answer: everything that its request consisted of, as a digest, so that no key tells a name."""
    return sha256("\x1f".join(parts).encode()).hexdigest()


class MemoryCache:
    """`Cache` in one process; unbounded, for one research or a test."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def get(self, key: str) -> Kept | None:
        """See `Cache.get`."""
        return self.kept.get(key)

    def put(self, key: str, kept: Kept) -> None:
        """See `Cache.put`."""
        self.kept[key] = kept


class S3Cache:
    """The bucket, below `cache/`, where a lifecycle rule clears up."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def get(self, key: str) -> Kept | None:
        """See `Cache.get`. What cannot be read is not there."""
        try:
            stored = self._client.get_object(Bucket=self._bucket, Key=FOLDER + key)["Body"].read()
        except self._client.exceptions.NoSuchKey:
            return None
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"S3 did not give a cached answer: {error}") from error
        return unpacked(stored)

    def put(self, key: str, kept: Kept) -> None:
        """See `Cache.put`."""
        try:
            self._client.put_object(Bucket=self._bucket, Key=FOLDER + key, Body=packed(kept))
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"S3 did not take an answer into the cache: {error}") from error


def packed(kept: Kept) -> bytes:
    """An answer as one line of JSON, then its body."""
    headers = {name: kept.headers[name] for name in _HEADERS if name in kept.headers}
    head = json.dumps({"url": kept.url, "at": kept.at.isoformat(), "headers": headers})
    return head.encode() + b"\n" + kept.body


def unpacked(stored: bytes) -> Kept | None:
    """The answer that `packed` wrote; None for anything else."""
    head, _, body = stored.partition(b"\n")
    try:
        said = json.loads(head)
        return Kept(said["url"], said["headers"], body, datetime.fromisoformat(said["at"]))
    except (ValueError, KeyError, TypeError):
        return None
