"""The reference of the settings is whole: it is made from them and names all of them."""

from __future__ import annotations

from cli import reference
from precall.config import Config


def test_the_reference_is_what_the_settings_give() -> None:
    made = reference.MADE.read_text(encoding="utf-8")
    assert made == reference.made(), "docs/configuration.md is not up to date: run `make templates`"


def test_every_setting_is_in_it() -> None:
    schema, made = Config.model_json_schema(), reference.made()
    settings = {name for node in (schema, *schema["$defs"].values()) for name in node.get("properties", ())}
    assert len(settings) > 40
    assert {name for name in settings if f"| `{name}` |" not in made} == set()


def test_every_parameter_of_the_template_and_every_secret_is_in_it() -> None:
    made = reference.made()
    for name in ("SenderIdentity", "SecretsPrefix", "hubspot/client-secret", "links"):
        assert f"`{name}`" in made
