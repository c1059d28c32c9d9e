"""What a webhook left out is read back from each CRM; where that fails, the lead goes on as it was told."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from distribute import reading
from precall.crm import CrmObjectMissing, rest
from precall.crm.clients import CLIENTS, READERS
from precall.crm.zoho import reader as zoho_reader
from precall.errors import CrmRefused, CrmUnavailable, InvalidConfiguration
from precall.events import LeadAcquired, LeadAssigned, LeadRejected, ReadBackFailed
from precall.model import Lead
from tests.unit.distribute.conftest import Stack
from tests.unit.distribute.crms import CALL_AT, CRMS, INES, by_id, connected, told


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    zoho_reader._TOKENS.forget()


def distributed(stack: Stack, lead: Lead, tries: int = 1) -> Any:
    stack.facts.leads.setdefault(lead.id, lead)
    return stack.distribution().distribute(LeadAcquired.of(lead), tries)


def failures(stack: Stack) -> list[str]:
    return [event.reason for event in stack.bus.events if isinstance(event, ReadBackFailed)]


def test_each_of_them_is_tried_here() -> None:
    assert set(CRMS) == set(READERS) == set(CLIENTS)


@pytest.mark.parametrize("crm", CRMS)
def test_a_lead_that_was_told_by_its_id_becomes_a_whole_one_and_goes_to_its_owner(stack: Stack, crm: str) -> None:
    connected(stack, crm)
    lead = by_id(crm)
    event = distributed(stack, lead)
    assert isinstance(event, LeadAssigned)
    known = stack.facts.leads[lead.id]
    account, contact = known.known().account, known.known().contact
    assert (account.name, account.domain) == ("Tarnmoor Logistics", "tarnmoor.example")
    assert account.country in ("Netherlands", "NL")
    assert contact is not None
    assert (contact.name or "").endswith("Hartog") or crm == "close"
    assert (known.owner_email, known.stage, known.call_at) == ("dana@seller.example", "Proposal made", CALL_AT)
    assert (event.rep, event.reason, event.call_at) == ("dana@seller.example", "owner in the CRM", CALL_AT)
    held = stack.facts.assignments[lead.id]
    assert (held.call, held.call_from, known.call) == (CRMS[crm].activity, "crm", CRMS[crm].activity)
    assert stack.planned.lead_of(crm, known.call) == lead.id
    assert failures(stack) == []
    assert Lead.model_validate_json(known.model_dump_json()) == known


@pytest.mark.parametrize("crm", CRMS)
def test_what_a_webhook_told_is_completed(stack: Stack, crm: str) -> None:
    connected(stack, crm)
    lead = told(crm)
    if crm == "close":  # it tells which of the lead's contacts it is about
        lead = lead.model_copy(update={"prospect": lead.known().model_copy(update={"contact": INES})})
    distributed(stack, lead)
    known = stack.facts.leads[lead.id].known()
    assert (known.account.name, known.account.domain) == ("Tarnmoor Logistics", "tarnmoor.example")
    assert known.contact is not None
    assert (known.contact.name, known.contact.title) == ("Ines Hartog", "COO")
    assert known.contact.email == "ines@tarnmoor.example"


@pytest.mark.parametrize("crm", CRMS)
def test_a_message_that_comes_again_asks_for_nothing_and_makes_no_second_lead(stack: Stack, crm: str) -> None:
    connected(stack, crm)
    first = distributed(stack, by_id(crm))
    asked = stack.asked
    again = distributed(stack, by_id(crm))
    assert (again.id, again.research_id, stack.asked) == (first.id, first.research_id, asked)
    assert (len(stack.facts.leads), len(stack.facts.assignments)) == (1, 1)


@pytest.mark.parametrize("trouble", [401, 403, 404, 400])
@pytest.mark.parametrize("crm", CRMS)
def test_a_lead_that_the_crm_does_not_give_goes_on_as_it_was_told(stack: Stack, crm: str, trouble: int) -> None:
    connected(stack, crm).troubles.next = [trouble] * 9
    lead = told(crm)
    assert isinstance(distributed(stack, lead), LeadAssigned)
    assert stack.facts.leads[lead.id] == lead
    (reason,) = failures(stack)
    assert (CRMS[crm].secret[0] in reason) == (trouble in (401, 403))
    assert CRMS[crm].secret[1] not in reason


@pytest.mark.parametrize("trouble", [429, 503, "slow"])
@pytest.mark.parametrize("crm", CRMS)
def test_a_crm_that_is_busy_is_asked_again_and_then_done_without(stack: Stack, crm: str, trouble: int | str) -> None:
    fake = connected(stack, crm)
    fake.troubles.retry_after = "1" if trouble == 429 else None
    lead = told(crm)
    fake.troubles.next = [trouble] * 3
    with pytest.raises(CrmUnavailable):
        distributed(stack, lead, tries=1)
    assert (stack.bus.events, stack.facts.assignments) == ([], {})
    fake.troubles.next = [trouble] * 3
    assert isinstance(distributed(stack, lead, tries=reading.TRIES), LeadAssigned)
    assert len(failures(stack)) == 1
    fake.troubles.next = [trouble]  # a short trouble is waited for
    other = lead.model_copy(update={"id": "another"})
    distributed(stack, other)
    assert stack.facts.leads["another"].read_at


@pytest.mark.parametrize("trouble", [401, 429, 404])
@pytest.mark.parametrize("crm", CRMS)
def test_one_that_was_told_by_its_id_cannot_go_on(stack: Stack, crm: str, trouble: int) -> None:
    fake = connected(stack, crm)
    lead = by_id(crm)
    fake.troubles.next = [trouble] * 9
    if trouble == 404:
        assert isinstance(distributed(stack, lead), LeadRejected)
        return
    with pytest.raises(CrmRefused if trouble == 401 else CrmUnavailable):
        distributed(stack, lead, tries=19)
    assert (stack.bus.events, stack.facts.assignments) == ([], {})
    fake.troubles.next = []
    assert isinstance(distributed(stack, lead), LeadAssigned)


@pytest.mark.parametrize("crm", CRMS)
def test_what_the_token_may_not_see_is_left_out_and_told_with_the_fix(stack: Stack, crm: str) -> None:
    connected(stack, crm).hidden = (CRMS[crm].company,)
    lead = by_id(crm)
    assert isinstance(distributed(stack, lead), LeadAssigned)
    known = stack.facts.leads[lead.id]
    assert (known.stage, known.call_at, bool(known.read_at)) == ("Proposal made", CALL_AT, True)
    (reason,) = failures(stack)
    assert f"check the secret {CRMS[crm].secret[0]} and what it may do" in reason


@pytest.mark.parametrize("crm", CRMS)
def test_without_a_secret_the_lead_is_what_the_webhook_told(stack: Stack, crm: str) -> None:
    stack.secrets = {}
    if crm == "hubspot":  # its webhooks never tell more than an id: the lead waits for the secret
        with pytest.raises(InvalidConfiguration, match="hubspot/access-token"):
            distributed(stack, by_id(crm))
        return
    rejected = distributed(stack, by_id(crm))
    assert isinstance(rejected, LeadRejected)
    assert f"or set the secret {CRMS[crm].secret[0]}" in rejected.reason
    stack.facts.leads.clear()
    assert isinstance(distributed(stack, told(crm)), LeadAssigned)
    assert (stack.asked, failures(stack)) == (0, [])


def test_a_crm_that_dawdles_over_every_answer_holds_up_no_batch(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dawdle(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(5)
        return httpx.Response(200, json={})

    monkeypatch.setattr(reading, "WITHIN", 0.01)
    connected(stack, "pipedrive")
    stack.crm = dawdle  # type: ignore[assignment]
    with pytest.raises(CrmUnavailable, match="did not answer within"):
        distributed(stack, told("pipedrive"))


@pytest.mark.parametrize("crm", ["salesforce", "zoho"])
def test_a_client_in_another_form_is_the_operators_and_costs_no_lead(stack: Stack, crm: str) -> None:
    connected(stack, crm)
    stack.secrets = {CRMS[crm].secret[0]: "just-a-token"}
    assert isinstance(distributed(stack, told(crm)), LeadAssigned)
    (reason,) = failures(stack)
    assert CRMS[crm].secret[0] in reason


def test_whoever_was_forgotten_by_address_is_found_once_they_are_read_back_and_stays_out(stack: Stack) -> None:
    connected(stack, "close")
    stack.facts.suppression.add("domain:tarnmoor.example")
    for _ in range(2):
        assert isinstance(distributed(stack, by_id("close")), LeadRejected)
    assert not stack.facts.assignments


@pytest.mark.parametrize(("crm", "crm_id"), [("pipedrive", "lead/adf2"), ("salesforce", "Lead/../x"), ("zoho", "7")])
async def test_an_id_that_is_none_is_asked_for_nowhere(stack: Stack, crm: str, crm_id: str) -> None:
    connected(stack, crm)
    lead = by_id(crm).model_copy(update={"crm_id": crm_id})
    async with stack.reading().open_door(stack.config()) as door:
        reader = READERS[crm].make(door, tuple(CRMS[crm].secret[1].split()))
        with pytest.raises(CrmObjectMissing):
            await reader.known(lead, stack.now)
    assert stack.asked == 0
