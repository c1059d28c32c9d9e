"""Documents live in S3: what was collected, ranked and written in one research, and the team's settings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel

from precall.errors import DocumentNotFound, StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

M = TypeVar("M", bound=BaseModel)


def research_key(lead_id: str, research_id: str, name: str) -> str:
    """Where a document of a research is: `name` is collection.json, ranking.json, brief.json, .html or .txt."""
    return f"research/{lead_id}/{research_id}/{name}"


CONFIG_KEY = "config/precall.json"
"""Where `precall config push` puts the validated settings."""


class Documents(Protocol):
    """The port: keys to texts."""

    def put(self, key: str, text: str, content_type: str = "application/json") -> None:
        """Store `text` under `key`, replacing what was there."""

    def get(self, key: str) -> str:
        """The text under `key`; DocumentNotFound."""


def load(documents: Documents, key: str, model: type[M]) -> M:
    """The JSON document under `key` as a `model`; DocumentNotFound."""
    return model.model_validate_json(documents.get(key))


class S3Documents:
    """The bucket. Errors: DocumentNotFound, StorageUnavailable."""

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, key: str, text: str, content_type: str = "application/json") -> None:
        """See `Documents.put`."""
        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=text.encode(),
                ContentType=f"{content_type}; charset=utf-8",
            )
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"S3 did not take {key}: {error}") from error

    def get(self, key: str) -> str:
        """See `Documents.get`."""
        try:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read().decode()
        except self._client.exceptions.NoSuchKey:
            raise DocumentNotFound(f"there is no document {key}") from None
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"S3 did not give {key}: {error}") from error

    def keys_below(self, prefix: str) -> Iterator[str]:
        """The keys of all documents below `prefix`."""
        try:
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
                yield from (found["Key"] for found in page.get("Contents", []))
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"S3 did not list what is below {prefix}: {error}") from error

    def delete_below(self, prefix: str) -> int:
        """Delete all documents below `prefix`; how many there were."""
        gone = 0
        for keys in _by_thousand(self.keys_below(prefix)):
            try:
                answer = self._client.delete_objects(
                    Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True}
                )
            except (ClientError, BotoCoreError) as error:
                raise StorageUnavailable(f"S3 did not delete what is below {prefix}: {error}") from error
            if answer.get("Errors"):
                raise StorageUnavailable(f"S3 did not delete {len(answer['Errors'])} documents below {prefix}")
            gone += len(keys)
        return gone


def _by_thousand(keys: Iterator[str]) -> Iterator[list[str]]:
    """As many as S3 deletes in one request."""
    while some := list(islice(keys, 1000)):
        yield some
