"""Whatever a CRM answers, reading a lead back gives a lead or an error of ours; never a crash.

`PRECALL_FUZZ=500 pytest tests/unit/contracts/test_hostile_crms.py` looks deeper.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from random import Random
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from precall.crm import rest
from precall.crm.clients import READERS
from precall.crm.reader import completed
from precall.crm.zoho import reader as zoho_reader
from precall.errors import PrecallError
from precall.fetch import Door
from precall.fetch.manners import Manners
from precall.model import Lead
from tests.unit.contracts.hostile import EXAMPLES
from tests.unit.distribute.conftest import NOW, Stack
from tests.unit.distribute.crms import CRMS, by_id, connected

_ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1e300, "", "x" * 3000, "../..", "\ud800", [], {}, [None], [[]], {"id": {}}, "9" * 40,
)  # fmt: skip
ACTIVITIES = {"hubspot": "62515/meetings/8", "salesforce": "00D5Y000001MPM7/Event/00U000000000088", "zoho": "Events/88"}


def odd(value: Any, random: Random) -> Any:
    """`value` with some of what is in it replaced by what nobody documented."""
    if random.random() < 0.15:
        return random.choice(_ODD)
    if isinstance(value, dict):
        return {name: odd(one, random) for name, one in value.items() if random.random() > 0.05}
    return [odd(one, random) for one in value] if isinstance(value, list) else value


def door(crm: str, random: Random) -> Door:
    stack = Stack()
    fake = connected(stack, crm)

    def answer(request: httpx.Request) -> httpx.Response:
        given = fake.answer(request)
        told = odd(json.loads(given.content), random) if given.content else None
        return httpx.Response(given.status_code, content=json.dumps(told).encode() if told is not None else b"")

    return Door(
        user_agent="test",
        resolve=fake.web.resolve,
        transport=httpx.MockTransport(answer),
        manners=Manners(robots=False),
    )


@pytest.mark.parametrize("crm", CRMS)
@settings(max_examples=EXAMPLES * 5, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_no_answer_breaks_a_crms_reader(crm: str, monkeypatch: pytest.MonkeyPatch, random: Random) -> None:
    async def at_once(seconds: float) -> None:
        """Nobody waits."""

    monkeypatch.setattr(rest, "pause", at_once)
    zoho_reader._TOKENS.forget()

    async def read() -> None:
        async with door(crm, random) as opened:
            reader = READERS[crm].make(opened, tuple(CRMS[crm].secret[1].split()))
            with suppress(PrecallError):
                lead = completed(by_id(crm), await reader.known(by_id(crm), NOW), NOW)
                assert Lead.model_validate_json(lead.model_dump_json()) == lead
            with suppress(PrecallError):
                await reader.calls(ACTIVITIES.get(crm, "1"), "1", NOW)

    asyncio.run(read())
