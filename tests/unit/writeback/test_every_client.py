"""Every CRM that briefs are written back to, in the same troubles: throttled, down, slow, and not for long."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from precall.crm import rest
from precall.crm.clients import CLIENTS
from precall.crm.zoho import client as zoho_client
from precall.errors import CrmUnavailable
from precall.events import BriefWrittenBack, WriteBackFailed
from precall.fetch.manners.policies import policy_for
from tests.fake_crm import FakeCrm
from tests.unit.writeback.test_close_and_zoho import of_close, of_zoho
from tests.unit.writeback.test_other_crms import pipedrive, salesforce
from tests.unit.writeback.world import World


def hubspot() -> tuple[World, FakeCrm]:
    world = World()
    return world, world.hubspot


EACH: dict[str, Callable[[], tuple[World, FakeCrm]]] = {
    "close": of_close,
    "hubspot": hubspot,
    "pipedrive": pipedrive,
    "salesforce": salesforce,
    "zoho": of_zoho,
}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    zoho_client._TOKENS.forget()


def test_each_of_them_is_tried_here() -> None:
    assert set(EACH) == set(CLIENTS)


@pytest.mark.parametrize("crm", EACH)
def test_its_hosts_are_asked_as_interfaces_and_nothing_that_they_say_is_kept(crm: str) -> None:
    world, fake = EACH[crm]()
    world.write()
    asked = {f"https://{request.headers['host']}{request.url.path}" for request in fake.web.requests}
    assert asked
    for policy in (policy_for(httpx.URL(url))[1] for url in asked):
        assert (policy.pages, policy.ttl) == (False, 0), "add its line to precall/fetch/manners/policies.py"


@pytest.mark.parametrize("trouble", [429, 500, 503, "slow"])
@pytest.mark.parametrize("crm", EACH)
def test_a_short_trouble_is_waited_for(crm: str, trouble: int | str) -> None:
    world, fake = EACH[crm]()
    fake.troubles.next = [trouble]
    fake.troubles.retry_after = "1" if trouble == 429 else None
    assert isinstance(world.write()[0], BriefWrittenBack)


@pytest.mark.parametrize("crm", EACH)
def test_a_crm_that_stays_silent_is_left_to_the_queue_and_told_at_the_last_try(crm: str) -> None:
    world, fake = EACH[crm]()
    fake.troubles.next = ["slow"] * 3
    with pytest.raises(CrmUnavailable):
        world.write()
    assert (fake.notes, world.bus.events) == ({}, [])
    fake.troubles.next = ["slow"] * 3
    with pytest.raises(CrmUnavailable):
        world.write(last_try=True)
    (told,) = world.bus.events
    assert isinstance(told, WriteBackFailed)
    assert isinstance(world.write()[0], BriefWrittenBack)


@pytest.mark.parametrize("crm", EACH)
def test_a_note_whose_answer_was_lost_is_there_once(crm: str) -> None:
    world, fake = EACH[crm]()
    fake.troubles.path = {"salesforce": "/Task", "close": "/note/", "zoho": "/Notes"}.get(crm, "/notes")
    fake.troubles.next = ["lost"]
    with pytest.raises(CrmUnavailable):
        world.write()
    written = len(fake.notes)
    world.write()
    assert len(fake.notes) == written
