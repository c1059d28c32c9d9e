"""Close and Zoho: the same promises as the other CRMs, each in its own interface."""

from __future__ import annotations

import pytest

from precall.crm import rest
from precall.crm.zoho import client as zoho_client
from precall.errors import CrmUnavailable
from precall.model import Contact, Prospect
from tests import fake_close as close
from tests import fake_zoho as zoho
from tests.fake_close import FakeClose
from tests.fake_zoho import FakeZoho
from tests.unit.writeback.test_other_crms import refused, written
from tests.unit.writeback.world import LEAD, LINK, PROSPECT, World

ZOHO_SECRET = "https://accounts.zoho.eu id secret refresh-1"
INES = Prospect(account=PROSPECT.account, contact=Contact(name="Ines Hartog", crm_id=close.CONTACT))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        assert seconds <= rest.LONGEST_WAIT

    monkeypatch.setattr(rest, "pause", at_once)
    zoho_client._TOKENS.forget()


def of_close(crm_id: str | None = close.LEAD) -> tuple[World, FakeClose]:
    crm = FakeClose()
    lead = LEAD.model_copy(update={"crm": "close", "crm_id": crm_id, "prospect": INES})
    return World(other=crm, lead=lead, secrets={"close/write-key": "api_key"}), crm


def of_zoho(crm_id: str = f"Contacts/{zoho.CONTACT}") -> tuple[World, FakeZoho]:
    crm = FakeZoho()
    lead = LEAD.model_copy(update={"crm": "zoho", "crm_id": crm_id})
    return World(other=crm, lead=lead, secrets={"zoho/write-client": ZOHO_SECRET}), crm


def test_close_gets_one_note_on_the_lead_beside_its_contact_and_the_leads_fields() -> None:
    world, crm = of_close()
    told = written(world.write())
    assert told.records == (f"contact/{close.CONTACT}", f"company/{close.LEAD}", f"deal/{close.DEAL}")
    assert (told.note_id, told.fields) == ("acti_9001", True)
    (note,) = crm.notes.values()
    assert (note["lead_id"], note["contact_id"]) == (close.LEAD, close.CONTACT)
    assert note["note"].endswith("- in Linz & Graz\n\nprecall0c7d9a52")
    assert crm.fields[close.LEAD] == {
        "custom.cf_1": "2026-03-01T12:00:00+00:00",
        "custom.cf_2": LINK,
        "custom.cf_3": None,
    }


def test_close_lists_come_in_pages_and_a_lost_note_is_found_on_a_later_one() -> None:
    world, crm = of_close()
    crm.troubles.path, crm.troubles.next = "/activity/note/", ["lost"]
    with pytest.raises(CrmUnavailable):
        world.write()
    crm.notes |= {f"acti_{number}": {"lead_id": close.LEAD, "note": "else"} for number in range(9101, 9106)}
    assert written(world.write()).note_id == "acti_9001"
    assert len(crm.notes) == 6


def test_close_says_which_fields_to_make_and_which_secret_to_check() -> None:
    world, crm = of_close()
    del crm.fields_made["precall_top_signal"]
    reason = refused(world.write()).reason
    assert reason == "Close has no precall_top_signal among the custom fields of leads; make these there"
    world.secrets["close/write-key"] = "revoked"
    assert "check the secret close/write-key" in refused(world.write()).reason


@pytest.mark.parametrize("crm_id", ["../user", "7", "lead_1/x"])
def test_close_is_asked_for_ids_only(crm_id: str) -> None:
    world, crm = of_close(crm_id)
    assert "has no lead of Close" in refused(world.write()).reason
    assert not crm.web.requests


def test_zoho_gets_a_note_on_contact_account_and_open_deal_and_their_fields() -> None:
    world, crm = of_zoho()
    told = written(world.write())
    assert told.records == ("contact/Contacts/51", "company/Accounts/9", "deal/Deals/71")
    assert (told.note_id, told.fields) == ("9001", True)
    assert [note["parent"] for note in crm.notes.values()] == ["Contacts/51", "Accounts/9", "Deals/71"]
    assert {note["Note_Title"] for note in crm.notes.values()} == {"Precall brief precall0c7d9a52"}
    assert set(crm.fields) == {"Contacts/51", "Accounts/9", "Deals/71"}
    assert crm.fields["Deals/71"]["Precall_Brief_Link"] == LINK


def test_zoho_has_nothing_beside_a_lead_and_a_redelivery_asks_for_no_second_token() -> None:
    world, crm = of_zoho(f"Leads/{zoho.LEAD}")
    assert [written(world.write()).records for _ in range(2)] == [("contact/Leads/7",)] * 2
    assert (len(crm.notes), crm.tokens_given) == (1, 1)


def test_zoho_finds_notes_whose_answer_was_lost_on_a_later_page() -> None:
    world, crm = of_zoho(f"Leads/{zoho.LEAD}")
    crm.notes |= {str(number): {"parent": "Leads/7", "Note_Title": "else"} for number in range(3)}
    crm.troubles.path, crm.troubles.next = "/Notes", ["lost"]
    with pytest.raises(CrmUnavailable):
        world.write()
    assert written(world.write()).note_id == "9001"
    assert len(crm.notes) == 4


def test_zoho_refuses_with_a_status_of_success_and_is_understood() -> None:
    world, crm = of_zoho()
    crm.gone.add("Deals/71")
    assert written(world.write()).note_id == "9001"
    assert [note["parent"] for note in crm.notes.values()] == ["Contacts/51", "Accounts/9"]
    world, crm = of_zoho()
    crm.gone.add("Contacts/51")
    assert "was deleted or converted" in refused(world.write()).reason


@pytest.mark.parametrize(
    ("secret", "says"),
    [
        ("https://accounts.zoho.eu id secret refresh-2", "gave no access token (invalid_code); check the secret zoho/"),
        ("https://accounts.elsewhere.example id secret refresh-1", "is not https://accounts.zoho.eu"),
        ("https://accounts.zoho.eu id secret", "is not https://accounts.zoho.eu"),
    ],
)
def test_zoho_with_a_wrong_client_is_told(secret: str, says: str) -> None:
    world, _ = of_zoho()
    world.secrets["zoho/write-client"] = secret
    assert says in refused(world.write()).reason


def test_missing_rights_are_told() -> None:
    for world, crm in (of_close(), of_zoho()):
        crm.scopes = False
        assert "HTTP 403" in refused(world.write()).reason
