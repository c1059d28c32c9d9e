"""Each created contact is one lead, however HubSpot tells of it and however often."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.crm import Batch, MalformedBody, UnknownCrm, adapter
from tests.unit.crm.deliveries import as_body, contact_created, request


def parsed(payload: Any) -> Batch:
    return adapter("hubspot").parse(request(as_body(payload)))


def test_a_created_contact_is_a_lead_with_ids_only() -> None:
    (lead,) = parsed([contact_created()]).leads
    assert (lead.crm, lead.portal, lead.crm_id, lead.prospect) == ("hubspot", "62515", "123", None)


def test_both_event_styles_and_all_redeliveries_are_the_same_lead() -> None:
    again = contact_created(eventId=2, attemptNumber=9, occurredAt=1564113700000)
    new_style = contact_created(subscriptionType="object.creation", objectTypeId="0-1")
    ids = {lead.id for lead in parsed([contact_created(), again, new_style]).leads}
    assert len(ids) == 1


def test_contacts_and_portals_differ() -> None:
    events = [
        contact_created(1),
        contact_created(2),
        contact_created(1, portalId=2),
        contact_created(12, portalId=6251),
    ]
    assert len({lead.id for lead in parsed(events).leads}) == 4


@pytest.mark.parametrize(
    "other",
    [
        {"subscriptionType": "contact.propertyChange", "propertyName": "email", "propertyValue": "x"},
        {"subscriptionType": "company.creation"},
        {"subscriptionType": "object.creation", "objectTypeId": "0-2"},
        {"subscriptionType": "object.creation"},
        {"subscriptionType": "something.new", "portalId": "?", "objectId": None},
    ],
)
def test_everything_else_is_acknowledged_and_skipped(other: dict[str, Any]) -> None:
    batch = parsed([contact_created(), contact_created(**other)])
    assert (len(batch.leads), batch.skipped, batch.rejected) == (1, 1, ())


@pytest.mark.parametrize(
    ("malformed", "says"),
    [
        ({"eventId": 1}, "subscriptionType: is missing; add it"),
        (contact_created(objectId=None), "objectId: Input should be a valid integer"),
        (contact_created(objectId="../../owners"), "objectId: Input should be a valid integer"),
        (contact_created(portalId=-1), "portalId: Input should be greater than or equal to 0"),
        ("contact.creation", "is not an object"),
    ],
)
def test_one_malformed_of_a_hundred_costs_nothing_else(malformed: Any, says: str) -> None:
    batch = parsed([contact_created(index) if index != 42 else malformed for index in range(100)])
    assert len(batch.leads) == 99
    (item,) = batch.rejected
    assert (item.index, item.received) == (42, malformed)
    assert item.error.startswith(says)


@pytest.mark.parametrize("payload", [{}, "text", [contact_created()] * 101, b"[{"])
def test_a_body_that_is_no_batch_is_malformed(payload: Any) -> None:
    with pytest.raises(MalformedBody):
        parsed(payload)


values = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers())


@given(st.lists(values | st.dictionaries(st.sampled_from(sorted(contact_created())), values), max_size=20))
def test_no_events_whatsoever_crash_and_none_gets_lost(events: list[Any]) -> None:
    batch = parsed(events)
    assert len(batch.leads) + batch.skipped + len(batch.rejected) == len(events)


def test_an_unknown_crm_is_told_which_are_known() -> None:
    with pytest.raises(UnknownCrm, match="known are close, generic, hubspot, pipedrive"):
        adapter("siebel")
