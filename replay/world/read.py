"""Read the YAML of the world; a wrong key in a file is an error at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from replay.world.model import Comment, Company, Contact, Copy, Mention, Outlet, Owner, Post, Story
from replay.world.remarks import Remark

FOLDER = Path(__file__).parent


def read_companies(folder: Path = FOLDER / "scenes") -> dict[str, Company]:
    """Each ``<key>.yaml`` as a company, by key."""
    return {file.stem: _company(file.stem, _load(file)) for file in sorted(folder.glob("*.yaml"))}


def read_outlets(file: Path = FOLDER / "outlets.yaml") -> dict[str, Outlet]:
    """Publications by key."""
    return {key: Outlet(key, **fields) for key, fields in _load(file).items()}


def read_owners(file: Path = FOLDER / "owners.yaml") -> dict[str, Owner]:
    """CRM owners by id."""
    return {fields["id"]: Owner(**fields) for fields in _load(file)["owners"]}


def read_remarks(folder: Path = FOLDER / "chatter") -> dict[str, tuple[Remark, ...]]:
    """What each ``<key>.yaml`` says of that company: a list for each network."""
    return {file.stem: tuple(_remarks(_load(file))) for file in sorted(folder.glob("*.yaml"))}


def _remarks(networks: Mapping[str, list[dict[str, Any]]]) -> Iterator[Remark]:
    for network, remarks in networks.items():
        for fields in remarks:
            yield Remark(**{**fields, "network": network, "flags": tuple(fields.get("flags", ()))})


def _load(file: Path) -> Any:
    return yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _company(key: str, raw: dict[str, Any]) -> Company:
    raw["contacts"] = tuple(Contact(**fields) for fields in raw["contacts"])
    raw["posts"] = tuple(Post(**fields) for fields in raw.get("posts", ()))
    raw["mentions"] = tuple(_mention(fields) for fields in raw.get("mentions", ()))
    raw["hn"] = tuple(_story(fields) for fields in raw.get("hn", ()))
    raw["social"] = tuple(raw.get("social", ()))
    return Company(key, **raw)


def _mention(raw: Mapping[str, Any]) -> Mention:
    copies = tuple(Copy(**fields) for fields in raw.get("copies", ()))
    return Mention(**{**raw, "copies": copies, "tracking": tuple(raw.get("tracking", ()))})


def _story(raw: Mapping[str, Any]) -> Story:
    comments = tuple(Comment(**fields) for fields in raw.get("comments", ()))
    return Story(**{**raw, "comments": comments})
