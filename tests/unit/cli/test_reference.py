"""The reference of the settings is whole: it is made from them, and names what the example uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from cli import reference

ROOT = Path(__file__).parents[3]


def test_the_reference_is_what_the_settings_give() -> None:
    made = reference.MADE.read_text(encoding="utf-8")
    assert made == reference.made(), "docs/configuration.md is not up to date: run `make templates`"


def keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield "on" if key is True else key
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def test_every_setting_of_the_example_is_in_it() -> None:
    example = yaml.safe_load((ROOT / "precall.example.yaml").read_text(encoding="utf-8"))
    named = {"any", "logistics", "renewal", "outage"}  # names that a team chooses, and those of calls and events
    made = reference.MADE.read_text(encoding="utf-8")
    assert {key for key in keys(example) if f"`{key}`" not in made} <= named


def test_every_parameter_of_the_template_and_every_secret_is_in_it() -> None:
    made = reference.made()
    for name in ("SenderIdentity", "SecretsPrefix", "hubspot/client-secret", "links"):
        assert f"`{name}`" in made
