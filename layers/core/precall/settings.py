"""Typed settings from the environment of a function; an error names the key and where to set it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from precall.errors import InvalidConfiguration


class Settings(BaseModel):
    """Fields are read from environment variables of the same name in upper case."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Self:
        """Read from `environ`; InvalidConfiguration names every key that is missing or wrong."""
        found = {name: environ[name.upper()] for name in cls.model_fields if environ.get(name.upper())}
        try:
            return cls.model_validate(found)
        except ValidationError as error:
            wrong = "; ".join(f"{_key(e['loc'])}: {_says(e['type'], e['msg'])}" for e in error.errors())
            raise InvalidConfiguration(f"environment of {cls.__name__}: {wrong}") from None


def _key(loc: tuple[int | str, ...]) -> str:
    return str(loc[0]).upper() if loc else "environment"


def _says(kind: str, message: str) -> str:
    where = "set it in template.yaml under Environment.Variables"
    return f"is missing; {where}" if kind == "missing" else f"{message}; {where}"


class StorageSettings(Settings):
    """What every function needs. `stage` is "development" on the local stack, "production" on AWS."""

    stage: Literal["development", "production"]
    table_name: str
    bucket_name: str


class PublishingSettings(StorageSettings):
    """… and what functions that tell the others what happened need."""

    bus_name: str


class FetchSettings(PublishingSettings):
    """… and what functions that ask the outside need. `replay_origin` is refused outside development."""

    replay_origin: str | None = None


class CollectSettings(FetchSettings):
    """… and what collect needs. With `bluesky_search` it reads that one secret below `secrets_prefix`."""

    secrets_prefix: str
    bluesky_search: bool = False


class LinkSettings(PublishingSettings):
    """… and what functions that make or check signed links need. `public_url` has no slash at its end."""

    public_url: str
    secrets_prefix: str
