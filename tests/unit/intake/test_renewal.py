"""Zoho's channel: opened, kept open, and where that fails the reason is told and kept."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import httpx
import pytest

from intake import renewal
from precall.config import Config
from precall.crm import rest
from precall.crm.channels import ChannelState
from precall.errors import CrmRefused, CrmUnavailable, InvalidConfiguration
from precall.fetch import Door
from precall.fetch.manners import Manners
from precall.secrets import FixedSecrets
from tests.fake_zoho import FakeZoho
from tests.unit.crm.samples import KEYS, PATH
from tests.unit.deliver.world import CONFIG
from tests.unit.intake.gateway import Context

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
API = "https://api.example.com/live"


class FakeChannels:
    """`precall.crm.channels.Channels` in a dict."""

    def __init__(self) -> None:
        self.states: dict[str, ChannelState] = {}

    def state(self, crm: str) -> ChannelState | None:
        return self.states.get(crm)

    def keep(self, crm: str, state: ChannelState) -> None:
        self.states[crm] = state


@dataclass
class World:
    """A Zoho that has no channel of ours yet."""

    zoho: FakeZoho = field(default_factory=FakeZoho)
    channels: FakeChannels = field(default_factory=FakeChannels)
    now: datetime = NOW
    secrets: dict[str, str] = field(
        default_factory=lambda: {
            "webhooks/zoho": KEYS["zoho"],
            "zoho/write-client": "https://accounts.zoho.eu id secret refresh-1",
        }
    )

    def step(self) -> renewal.Renewal:
        secrets = FixedSecrets(self.secrets)
        return renewal.Renewal(API, secrets, self.channels, lambda: CONFIG, self._door, lambda: self.now)

    def _door(self, config: Config) -> AbstractAsyncContextManager[Door]:
        ticks = count()
        return Door(
            user_agent="Precall/test",
            resolve=self.zoho.web.resolve,
            transport=httpx.MockTransport(self.zoho.web.answer),
            manners=Manners(robots=False),
            clock=lambda: NOW + timedelta(seconds=2 * next(ticks)),
        )


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    made = World()
    monkeypatch.setattr(renewal, "bootstrap", made.step)
    return made


def test_a_channel_is_opened_and_lives_on_under_its_own_number(world: World) -> None:
    first = world.step().renew()
    assert first == NOW + timedelta(hours=23)
    world.now += timedelta(hours=6)
    world.step().renew()
    ((number, channel),) = world.zoho.channels.items()
    assert number.isdecimal()
    assert channel["channel_expiry"] == "2026-03-13T14:00:00+00:00"
    assert (channel["notify_url"], channel["return_affected_field_values"]) == (f"{API}/webhooks/zoho/{PATH}", True)
    assert {"Leads.create", "Leads.edit", "Events.all"} < set(channel["events"])
    assert world.channels.states["zoho"].failure == ""
    assert [request.method for request in world.zoho.web.requests if "watch" in request.url.path] == [
        "PATCH", "POST", "PATCH",
    ]  # fmt: skip


def test_a_failure_is_kept_with_its_fix_and_raised_and_the_channel_lives_as_long_as_before(world: World) -> None:
    ends = world.step().renew()
    world.zoho.refresh = "refresh-2"
    world.now += timedelta(hours=6)
    with pytest.raises(CrmRefused, match="check the secret zoho/write-client"):
        renewal.handler({}, Context())
    kept = world.channels.states["zoho"]
    assert (kept.ends, kept.tried_at) == (ends, world.now)
    assert "gave no access token (invalid_code)" in kept.failure


def test_a_passing_trouble_is_worth_another_try(world: World) -> None:
    world.zoho.troubles.next = [503, 503, 503]
    with pytest.raises(CrmUnavailable):
        renewal.handler({}, Context())
    renewal.handler({}, Context())
    assert world.channels.states["zoho"].ends == NOW + timedelta(hours=23)


def test_a_token_that_zoho_does_not_take_is_the_operators(world: World) -> None:
    world.secrets["webhooks/zoho"] = f"{PATH}:{'x' * 51}"
    with pytest.raises(InvalidConfiguration, match="a token of at most 50 characters"):
        world.step().renew()
    assert world.channels.states["zoho"].ends is None


@pytest.mark.parametrize("region", ["eu", "com", "in", "com.au", "jp"])
def test_each_data_centre_has_its_own_host(world: World, region: str) -> None:
    world.secrets["zoho/write-client"] = f"https://accounts.zoho.{region} id secret refresh-1"
    world.step().renew()
    assert world.zoho.web.requests[0].headers["host"] == f"accounts.zoho.{region}"
