"""intake's own wiring on moto."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.bootstrap import bootstrap
from precall.secrets import GENERIC_WEBHOOK, HUBSPOT_CLIENT
from tests.integration.intake.cloud import Cloud, cloud
from tests.unit.crm.deliveries import CLIENT_SECRET, ROTATED, SECRET


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with cloud(monkeypatch) as made:
        made.secret(GENERIC_WEBHOOK, f"{ROTATED} {SECRET}")
        made.secret(HUBSPOT_CLIENT, CLIENT_SECRET)
        bootstrap.cache_clear()
        yield made
        bootstrap.cache_clear()
