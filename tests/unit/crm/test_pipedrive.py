"""Pipedrive: HTTP Basic on a secret path; people and leads."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from precall.crm import SignatureRefused
from tests.unit.crm.samples import delivery, parse, sample_body, verify


def basic(text: str) -> str:
    return "Basic " + base64.b64encode(text.encode()).decode()


def changed(data: dict[str, Any] | None = None, **meta: Any) -> dict[str, Any]:
    body: dict[str, Any] = sample_body("pipedrive")
    return {**body, "meta": {**body["meta"], **meta}, "data": body["data"] if data is None else data}


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Bearer x", basic("precall:wrong"), basic("precall"), "Basic ====", "Basic é", "Basic /w=="],
)
def test_a_wrong_or_malformed_authorization_is_refused(header: str) -> None:
    with pytest.raises(SignatureRefused, match="authorization: is missing or wrong"):
        verify(delivery("pipedrive", authorization=header), "pipedrive")


def test_a_person_is_a_lead_by_the_primary_address() -> None:
    emails = [{"value": "ines@gmail.com"}, {"value": "ines@tarnmoor.example", "primary": True}]
    (lead,) = parse(delivery("pipedrive", changed({"name": "Ines Hartog", "emails": emails})), "pipedrive").leads
    assert lead.known().account.domain == "tarnmoor.example"


def test_a_person_of_whom_no_company_is_known_has_to_be_asked() -> None:
    (lead,) = parse(delivery("pipedrive", changed({"id": 151, "org_id": 77})), "pipedrive").leads
    assert lead.prospect is None


def test_a_lead_and_its_person_are_one_lead_whichever_is_told_first() -> None:
    person = changed()
    lead = changed({"person_id": 151, "organization_id": 77}, entity="lead", entity_id="adf21080-0e10-11eb")
    found = {parse(delivery("pipedrive", body), "pipedrive").leads[0].id for body in (person, lead)}
    assert len(found) == 1


@pytest.mark.parametrize(
    "meta", [{"action": "change"}, {"entity": "deal"}, {"entity": "note"}, {"change_source": "api"}]
)
def test_other_events_and_what_came_through_the_api_are_skipped(meta: dict[str, Any]) -> None:
    batch = parse(delivery("pipedrive", changed(**meta)), "pipedrive")
    assert (batch.leads, batch.skipped) == ((), 1)


def test_an_event_without_a_company_is_rejected_by_its_field() -> None:
    (wrong,) = parse(delivery("pipedrive", changed(company_id=None)), "pipedrive").rejected
    assert wrong.error.startswith("meta.company_id: ")
