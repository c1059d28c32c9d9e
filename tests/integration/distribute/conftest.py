"""distribute's own wiring on moto, with the replay web's HubSpot behind the door."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from distribute.bootstrap import bootstrap
from precall.secrets import HUBSPOT_TOKEN
from tests.integration.intake.cloud import Cloud, cloud


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with cloud(monkeypatch) as made:
        made.secret(HUBSPOT_TOKEN, "pat-eu1-made-up")
        bootstrap.cache_clear()
        yield made
        bootstrap.cache_clear()
