"""The environment of a function: every missing key is named, with where to set it."""

from __future__ import annotations

import pytest

from precall.errors import InvalidConfiguration
from precall.settings import CollectSettings, FetchSettings, LinkSettings, PublishingSettings, Settings, StorageSettings

COMPLETE = {
    "STAGE": "production",
    "TABLE_NAME": "t",
    "BUCKET_NAME": "b",
    "BUS_NAME": "bus",
    "PUBLIC_URL": "https://api.example",
    "SECRETS_PREFIX": "/precall",
}


@pytest.mark.parametrize("kind", [StorageSettings, PublishingSettings, FetchSettings, CollectSettings, LinkSettings])
def test_each_missing_key_is_named(kind: type[Settings]) -> None:
    for name, field in kind.model_fields.items():
        if not field.is_required():
            continue
        rest = {key: value for key, value in COMPLETE.items() if key != name.upper()}
        with pytest.raises(InvalidConfiguration, match=f"{name.upper()}: is missing; set it in template.yaml"):
            kind.load(rest)


def test_an_empty_value_is_a_missing_one() -> None:
    with pytest.raises(InvalidConfiguration, match="BUS_NAME: is missing"):
        PublishingSettings.load({**COMPLETE, "BUS_NAME": ""})


def test_all_missing_keys_are_named_at_once() -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        StorageSettings.load({})
    assert all(key in str(caught.value) for key in ("STAGE", "TABLE_NAME", "BUCKET_NAME"))


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(InvalidConfiguration, match="STAGE: Input should be 'development' or 'production'"):
        StorageSettings.load({**COMPLETE, "STAGE": "staging"})


def test_what_else_is_in_the_environment_is_ignored() -> None:
    settings = FetchSettings.load({**COMPLETE, "HOME": "/root", "REPLAY_ORIGIN": "http://localhost:1"})
    assert settings.replay_origin == "http://localhost:1"
    assert FetchSettings.load(COMPLETE).replay_origin is None


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("no", False), ("", False)])
def test_the_search_of_bluesky_is_off_unless_the_template_says_yes(said: str, meant: bool) -> None:
    assert CollectSettings.load({**COMPLETE, "BLUESKY_SEARCH": said}).bluesky_search is meant
