"""Zoho: the channel's token on a secret path; new leads and contacts."""

from __future__ import annotations

from typing import Any

import pytest

from precall.crm import MalformedBody, SignatureRefused
from tests.unit.crm.samples import delivery, parse, sample_body, verify


def changed(**fields: Any) -> dict[str, Any]:
    return {**sample_body("zoho"), **fields}


@pytest.mark.parametrize("token", [None, "", "another", 7, ["precall"]])
def test_another_token_is_refused(token: Any) -> None:
    with pytest.raises(SignatureRefused, match="token: is missing or wrong"):
        verify(delivery("zoho", changed(token=token)), "zoho")


def test_values_that_were_sent_along_make_the_prospect() -> None:
    (lead,) = parse(delivery("zoho"), "zoho").leads
    prospect = lead.known()
    assert (prospect.account.name, prospect.account.domain) == ("Tarnmoor Logistics", "tarnmoor.example")
    assert prospect.contact
    assert (prospect.contact.name, prospect.contact.title) == ("Ines Hartog", "COO")
    assert (lead.crm_id, lead.owner, lead.source) == ("Leads/5725767000001451234", "5725767000000411001", "Trade Show")


def test_without_values_the_record_has_to_be_asked() -> None:
    batch = parse(delivery("zoho", changed(affected_values=[], ids=["1", "2"])), "zoho")
    assert [lead.prospect for lead in batch.leads] == [None, None]
    assert len({lead.id for lead in batch.leads}) == 2


@pytest.mark.parametrize("other", [{"operation": "delete"}, {"module": "Deals"}, {"module": ["Leads"]}])
def test_other_notifications_are_skipped(other: dict[str, Any]) -> None:
    batch = parse(delivery("zoho", changed(**other)), "zoho")
    assert (batch.leads, batch.skipped) == ((), 1)


def test_what_is_no_id_is_rejected_and_the_others_are_taken() -> None:
    batch = parse(delivery("zoho", changed(ids=["1", "../users"])), "zoho")
    assert (len(batch.leads), batch.rejected[0].index) == (1, 1)


@pytest.mark.parametrize("ids", [None, "1", ["1"] * 101])
def test_ids_are_a_list_of_at_most_a_hundred(ids: Any) -> None:
    with pytest.raises(MalformedBody, match="ids: "):
        parse(delivery("zoho", changed(ids=ids)), "zoho")
