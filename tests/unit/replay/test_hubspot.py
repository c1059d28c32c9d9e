from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from replay import world

if TYPE_CHECKING:
    from tests.unit.replay.conftest import Get

API = "https://api.hubapi.com/crm/v3"
TARNMOOR = world.companies["tarnmoor"]


def _read(get: Get, path: str, status: int = 200) -> Any:
    answer = get(f"{API}{path}", authorization="Bearer pat-eu1-made-up")
    assert answer.status == status
    return json.loads(answer.content)


def test_a_contact_with_its_company(get: Get) -> None:
    contact = TARNMOOR.contact
    found = _read(get, f"/objects/contacts/{contact.id}?properties=email,jobtitle,nonsense&associations=companies")
    assert found["id"] == contact.id
    assert found["properties"]["email"] == contact.email
    assert found["properties"].keys() == {"createdate", "email", "hs_object_id", "jobtitle"}
    assert found["archived"] is False
    assert found["associations"]["companies"]["results"] == [
        {"id": TARNMOOR.hubspot_id, "type": "contact_to_company"},
        {"id": TARNMOOR.hubspot_id, "type": "contact_to_company_unlabeled"},
    ]


def test_without_asking_only_the_defaults_come(get: Get) -> None:
    found = _read(get, f"/objects/contacts/{TARNMOOR.contact.id}")
    assert found["properties"].keys() == {
        *("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname")
    }
    assert "associations" not in found


def test_a_company_with_its_contacts(get: Get) -> None:
    found = _read(get, f"/objects/companies/{TARNMOOR.hubspot_id}?associations=contacts")
    assert found["properties"]["domain"] == TARNMOOR.domain
    ids = {result["id"] for result in found["associations"]["contacts"]["results"]}
    assert ids == {contact.id for contact in TARNMOOR.contacts}


@pytest.mark.parametrize("company", world.companies.values(), ids=world.companies)
def test_the_owner_of_each_record_exists(get: Get, company: world.Company) -> None:
    record = _read(get, f"/objects/contacts/{company.contact.id}?properties=hubspot_owner_id")
    owner = _read(get, f"/owners/{record['properties']['hubspot_owner_id']}")
    assert owner["type"] == "PERSON"
    assert owner["email"].endswith("@seller.example")


@pytest.mark.parametrize(
    ("token", "category"),
    [
        ("", "INVALID_AUTHENTICATION"),
        ("Bearer ", "INVALID_AUTHENTICATION"),
        ("Bearer expired", "EXPIRED_AUTHENTICATION"),
    ],
)
def test_a_token_is_needed(get: Get, token: str, category: str) -> None:
    answer = get(f"{API}/objects/contacts/{TARNMOOR.contact.id}", authorization=token)
    body = json.loads(answer.content)
    assert answer.status == 401
    assert body.keys() == {"status", "message", "correlationId", "category"}
    assert body["category"] == category


@pytest.mark.parametrize("path", ["/objects/contacts/1", "/objects/companies/1", "/owners/1"])
def test_an_unknown_id_is_not_found(get: Get, path: str) -> None:
    assert _read(get, path, status=404)["category"] == "OBJECT_NOT_FOUND"
