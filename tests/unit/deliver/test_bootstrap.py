"""The environment: each missing key is named, with where to set it."""

from __future__ import annotations

import pytest

from deliver.bootstrap import DeliverSettings
from precall.errors import InvalidConfiguration

COMPLETE = {"STAGE": "production", "TABLE_NAME": "t", "BUCKET_NAME": "b", "BUS_NAME": "bus"}
COMPLETE |= {"PUBLIC_URL": "https://api.example/live", "SECRETS_PREFIX": "/precall"}


@pytest.mark.parametrize("key", COMPLETE)
def test_a_missing_key_is_named(key: str) -> None:
    with pytest.raises(InvalidConfiguration, match=rf"{key}: is missing; set it in template.yaml"):
        DeliverSettings.load({name: value for name, value in COMPLETE.items() if name != key})


def test_the_configuration_set_is_optional() -> None:
    assert DeliverSettings.load(COMPLETE).configuration_set is None
    assert DeliverSettings.load({**COMPLETE, "CONFIGURATION_SET": ""}).configuration_set is None
    assert DeliverSettings.load({**COMPLETE, "CONFIGURATION_SET": "mail"}).configuration_set == "mail"
