"""Salesforce: outbound messages and relayed change events; what they hold becomes one lead a record."""

from __future__ import annotations

import json
from typing import Any

import pytest

from precall.crm import Batch, MalformedBody, SignatureRefused
from precall.crm.salesforce.outbound import ACKNOWLEDGEMENT
from precall.crm.salesforce.relay import batch_of
from tests.unit.crm.samples import EVENTS, KEYS, PATH, delivery, parse, verify

RELAYED: dict[str, Any] = json.loads(json.loads((EVENTS / "relay_sqs.json").read_text())["Records"][0]["body"])


def message(inner: str, organisation: str = "00D5Y000001MPM7UAO") -> str:
    return (
        '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>'
        f'<notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>{organisation}'
        f"</OrganizationId>{inner}</notifications></soapenv:Body></soapenv:Envelope>"
    )


def notification(kind: str, **fields: str) -> str:
    inside = "".join(f"<sf:{name}>{value}</sf:{name}>" for name, value in fields.items())
    return (
        f'<Notification><Id>04l</Id><sObject xsi:type="sf:{kind}" '
        f'xmlns:sf="urn:sobject.enterprise.soap.sforce.com">{inside}</sObject></Notification>'
    )


def relayed(**header: Any) -> Batch:
    event = json.loads(json.dumps(RELAYED))
    event["detail"]["payload"]["ChangeEventHeader"] |= header
    return batch_of(event, delivery("salesforce"))


def test_a_lead_arrives_whole_and_an_opportunity_makes_none() -> None:
    batch = parse(delivery("salesforce"), "salesforce")
    (lead,) = batch.leads
    prospect = lead.known()
    assert (prospect.account.name, prospect.account.domain) == ("Tarnmoor Logistics", "tarnmoor.example")
    assert prospect.contact
    assert (prospect.contact.name, prospect.contact.title) == ("Ines Hartog", "COO")
    assert (lead.source, lead.stage, lead.owner) == ("Trade show", "Open - Not Contacted", "0055Y00000AbCdEQAV")
    assert (lead.portal, lead.crm_id, batch.skipped) == ("00D5Y000001MPM7", "Lead/00Q5Y00001Suvw6QAB", 0)


def test_what_was_not_sent_has_to_be_asked() -> None:
    (lead,) = parse(
        delivery("salesforce", message(notification("Contact", Id="003o0000xxxxxxxxxx"))), "salesforce"
    ).leads
    assert lead.prospect is None


def test_a_person_without_a_company_is_a_lead_too() -> None:
    body = message(notification("Contact", Id="003o0000xxxxxxxxxx", FirstName="Ines", Email="ines@gmail.com"))
    (lead,) = parse(delivery("salesforce", body), "salesforce").leads
    assert (lead.known().label, lead.known().has_company) == ("Ines", False)


def test_a_message_of_another_organisation_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="OrganizationId: is missing or wrong"):
        verify(delivery("salesforce", message("", organisation="00D000000000001")), "salesforce")


def test_an_organisation_is_the_same_in_15_and_in_18_characters() -> None:
    for organisation in ("00D5Y000001MPM7", "00D5Y000001MPM7UAO"):
        verify(delivery("salesforce", message("", organisation)), "salesforce", KEYS["salesforce"] + "UAO")
        verify(delivery("salesforce", message("", organisation)), "salesforce")


def test_a_record_is_the_same_lead_in_15_and_in_18_characters_and_by_the_relay() -> None:
    ids = ("00Q5Y00001Suvw6", "00Q5Y00001Suvw6QAB")
    bodies = [message(notification("Lead", Id=one, Company="Tarnmoor")) for one in ids]
    found = {parse(delivery("salesforce", body), "salesforce").leads[0].id for body in bodies}
    assert found == {relayed().leads[0].id}


def test_of_a_hundred_the_one_without_an_id_is_rejected() -> None:
    records = [notification("Lead", Id=f"00Q{index:012}", Company="Tarnmoor") for index in range(99)]
    batch = parse(delivery("salesforce", message("".join([*records, notification("Lead")]))), "salesforce")
    assert len({lead.id for lead in batch.leads}) == 99
    (wrong,) = batch.rejected
    assert (wrong.index, wrong.error) == (99, "Id: is missing; add it to the fields of the outbound message")


def test_nil_fields_are_unknown() -> None:
    inner = notification("Lead", Id="00Q1", Company="Tarnmoor").replace(
        "</sObject>", '<sf:Title xsi:nil="true"/></sObject>'
    )
    (lead,) = parse(delivery("salesforce", message(inner)), "salesforce").leads
    assert lead.known().contact is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"<a>",
        b"<a/>",
        b'<?xml version="1.0" encoding="no-such-code"?><a/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        message("".join(notification("Lead", Id="00Q1") for _ in range(101))).encode(),
    ],
)
def test_what_is_no_outbound_message_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedBody):
        verify(delivery("salesforce", body, path=PATH), "salesforce")


def test_the_acknowledgement_is_the_documented_one() -> None:
    assert "<Ack>true</Ack>" in ACKNOWLEDGEMENT
    assert 'xmlns="http://soap.sforce.com/2005/09/outbound"' in ACKNOWLEDGEMENT


def test_a_relayed_event_is_a_lead_with_its_compound_fields() -> None:
    (lead,) = relayed().leads
    prospect = lead.known()
    assert (prospect.account.name, prospect.account.country) == ("Tarnmoor Logistics", "Netherlands")
    assert prospect.contact
    assert (prospect.contact.name, prospect.contact.email) == ("Ines Hartog", "ines@tarnmoor.example")


@pytest.mark.parametrize(
    "header",
    [
        {"changeType": "UNDELETE"},
        {"changeType": "GAP_CREATE"},
        {"entityName": "Opportunity"},
        {"changeOrigin": "com/salesforce/api/rest/62.0;client=precall"},
        {"changeOrigin": "com/salesforce/api/rest/62.0;client=Precall/"},
    ],
)
def test_other_changes_and_our_own_are_skipped(header: dict[str, Any]) -> None:
    batch = relayed(**header)
    assert (batch.leads, batch.skipped, batch.rejected) == ((), 1, ())


def test_an_event_that_is_no_change_event_is_skipped_and_one_of_another_source_refused() -> None:
    other = {**RELAYED, "detail": {"payload": {"Note__c": "x"}}}
    assert batch_of(other, delivery("salesforce")).skipped == 1
    for wrong in ({**RELAYED, "source": "aws.partner/else.com/1"}, {}, None, {**RELAYED, "detail": {}}):
        with pytest.raises(MalformedBody):
            batch_of(wrong, delivery("salesforce"))
