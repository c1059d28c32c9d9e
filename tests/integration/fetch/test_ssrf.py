"""The battery of hostile URLs and DNS answers reaches nothing private, and would if the door's check were gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import ssrf
from bench.hostile import Case
from bench.hostile_network import hostile_network
from precall.fetch import AddressRefused

pytestmark = pytest.mark.integration


def test_nothing_private_is_reached_and_what_is_harmless_is() -> None:
    report = ssrf.run(Path())
    assert report.ok, report.as_text()


@pytest.mark.parametrize("address", ["10.0.0.1", "::1"])
async def test_without_the_check_the_private_listener_counts(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    case = Case("http://a.evil.example/", (address,))
    async with hostile_network() as (network, _, private):
        network.play(case)
        with pytest.raises(AddressRefused):
            await ssrf.through_the_door(case, network)
        assert private.hits == 0
        monkeypatch.setattr("precall.fetch.resolver.public_address", lambda answer: answer)
        await ssrf.through_the_door(case, network)
        assert private.hits
