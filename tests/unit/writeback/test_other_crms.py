"""Pipedrive and Salesforce: the same promises as HubSpot, each in its own interface."""

from __future__ import annotations

import pytest

from precall.crm import rest
from precall.errors import CrmUnavailable
from precall.events import BriefWrittenBack, Event, WriteBackFailed
from tests.fake_pipedrive import FakePipedrive
from tests.fake_salesforce import ACCOUNT, CONTACT, DEAL, FakeSalesforce
from tests.fake_salesforce import LEAD as SALESFORCE_LEAD
from tests.unit.writeback.world import LEAD, LINK, World

SALESFORCE_SECRET = "https://sales.my.salesforce.com client-id client-secret"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)


def pipedrive(crm_id: str = "51") -> tuple[World, FakePipedrive]:
    crm = FakePipedrive()
    lead = LEAD.model_copy(update={"crm": "pipedrive", "crm_id": crm_id})
    return World(other=crm, lead=lead, secrets={"pipedrive/write-token": "pd-write"}), crm


def salesforce(crm_id: str = f"Contact/{CONTACT}") -> tuple[World, FakeSalesforce]:
    crm = FakeSalesforce()
    lead = LEAD.model_copy(update={"crm": "salesforce", "crm_id": crm_id, "owner": "005000000000003AAA"})
    return World(other=crm, lead=lead, secrets={"salesforce/write-client": SALESFORCE_SECRET}), crm


def written(told: tuple[Event, ...]) -> BriefWrittenBack:
    (event,) = told
    assert isinstance(event, BriefWrittenBack)
    return event


def refused(told: tuple[Event, ...]) -> WriteBackFailed:
    event = told[-1]
    assert isinstance(event, WriteBackFailed)
    return event


def test_pipedrive_gets_one_note_on_person_organization_and_open_deal_and_fields_by_their_keys() -> None:
    world, crm = pipedrive()
    told = written(world.write())
    assert (told.records, told.note_id, told.fields) == (("contact/51", "company/9", "deal/71"), "9001", True)
    (note,) = crm.notes.values()
    assert (note["person_id"], note["org_id"], note["deal_id"]) == (51, 9, 71)
    assert note["content"].endswith("Graz<br><br>precall0c7d9a52")
    assert set(crm.fields) == {"persons/51", "organizations/9", "deals/71"}
    assert crm.fields["deals/71"]["k2"] == LINK


def test_pipedrive_with_a_lead_of_an_organization_alone() -> None:
    world, _ = pipedrive("organization/9")
    assert written(world.write()).records == ("company/9", "deal/71")
    world, _ = pipedrive("lead/adf21080-0e10-11eb-879b-05d71fb426ec")
    assert "has no person or organization of Pipedrive" in refused(world.write()).reason


def test_pipedrive_lists_come_in_pages_and_a_lost_note_is_found_on_a_later_one() -> None:
    world, crm = pipedrive()
    crm.troubles.path, crm.troubles.next = "/notes", ["lost"]
    with pytest.raises(CrmUnavailable):
        world.write()
    crm.notes |= {str(number): {"content": "somebody else's"} for number in range(9101, 9104)}
    assert written(world.write()).note_id == "9001"
    assert len(crm.notes) == 4


def test_pipedrive_without_the_fields_says_which_to_make() -> None:
    world, crm = pipedrive()
    del crm.fields_made["precall_top_signal"]
    reason = refused(world.write()).reason
    assert reason == "Pipedrive has no precall_top_signal among its personFields; make these fields there"


def test_salesforce_gets_one_completed_task_with_the_open_opportunity() -> None:
    world, crm = salesforce()
    told = written(world.write())
    assert told.records == (f"contact/{CONTACT}", f"company/{ACCOUNT}", f"deal/{DEAL}")
    (task,) = crm.notes.values()
    assert (task["WhoId"], task["WhatId"], task["OwnerId"]) == (CONTACT, DEAL, "005000000000003AAA")
    assert (task["Subject"], task["Status"], task["ActivityDate"]) == (
        "Precall brief precall0c7d9a52", "Completed", "2026-03-01",
    )  # fmt: skip
    assert set(crm.fields) == {f"Contact/{CONTACT}", f"Account/{ACCOUNT}", f"Opportunity/{DEAL}"}
    assert crm.fields[f"Contact/{CONTACT}"]["Precall_Brief_Link__c"] == LINK


def test_salesforce_has_no_account_beside_a_lead() -> None:
    world, crm = salesforce(f"Lead/{SALESFORCE_LEAD}")
    assert written(world.write()).records == (f"contact/{SALESFORCE_LEAD}",)
    assert set(crm.fields) == {f"Lead/{SALESFORCE_LEAD}"}


def test_salesforce_finds_a_task_whose_answer_was_lost() -> None:
    world, crm = salesforce()
    crm.troubles.path, crm.troubles.next = "/Task", ["lost"]
    with pytest.raises(CrmUnavailable):
        world.write()
    written(world.write())
    assert len(crm.notes) == 1


@pytest.mark.parametrize("crm_id", ["Contact/' OR Id != '", "Campaign/701000000000001AAA", "51"])
def test_salesforce_is_asked_for_ids_only(crm_id: str) -> None:
    world, crm = salesforce(crm_id)
    assert "has no Lead or Contact of Salesforce" in refused(world.write()).reason
    assert not crm.web.requests


def test_salesforce_with_a_wrong_client_or_a_malformed_secret_is_told() -> None:
    world, crm = salesforce()
    crm.secret = "another"
    assert "check the secret salesforce/write-client and what it may do" in refused(world.write()).reason
    world.secrets["salesforce/write-client"] = "http://elsewhere.example id secret"
    assert "is not https://your-domain.my.salesforce.com" in refused(world.write()).reason


def test_missing_rights_and_missing_fields_are_told() -> None:
    world, crm = salesforce()
    crm.properties.clear()
    assert "exist in Salesforce?" in refused(world.write()).reason
    world, other = pipedrive()
    other.scopes = False
    assert "HTTP 403" in refused(world.write()).reason
