"""What a sender of generic webhooks relies on: the payload, its ids, and errors that name the field."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from precall.crm import Batch, MalformedBody, adapter
from precall.ids import derived_id
from tests.unit.crm.deliveries import LEAD, as_body, request

GENERIC = adapter("generic")


def parsed(payload: Any, *, development: bool = False, message_id: str = "msg_1") -> Batch:
    return GENERIC.parse(request(as_body(payload), {"webhook-id": message_id}, development=development))


def error_of(payload: Any) -> str:
    batch = parsed(payload)
    assert not batch.leads
    return batch.rejected[0].error


def test_a_whole_lead() -> None:
    batch = parsed(
        {
            "id": 4711,
            "company": {
                "name": "Tarnmoor",
                "domain": "https://www.Tarnmoor.example/about?x=1",
                "industry": "Logistics",
                "country": "NL",
                "aliases": ["Tarnmoor Group"],
            },
            "contact": {"name": "Ines Hartog", "email": "ines@tarnmoor.example", "title": "COO"},
            "owner": "dana@seller.example",
            "call_at": "2026-03-02T10:00:00+01:00",
            "source": "webinar",
            "purpose": "renewal",
            "stage": "Negotiation",
            "customer": True,
            "activities": [{"kind": "attended", "at": "2026-02-27T09:00:00Z", "summary": "Forecasts"}],
        }
    )
    (lead,) = batch.leads
    assert (batch.skipped, batch.rejected) == (0, ())
    assert lead.id == derived_id("generic", "4711")
    assert lead.known().account.domain == "tarnmoor.example"
    assert lead.known().account.aliases == ("Tarnmoor Group",)
    assert lead.known().contact is not None
    assert lead.call_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (lead.owner, lead.source, lead.correlation_id) == ("dana@seller.example", "webinar", "correlation-1")
    assert lead.activities[0].kind == "attended"
    assert (lead.purpose, lead.stage, lead.customer) == ("renewal", "Negotiation", True)


@pytest.mark.parametrize("shape", [lambda leads: leads, lambda leads: {"leads": leads}])
def test_many_leads_as_a_list_or_an_envelope(shape: Any) -> None:
    batch = parsed(shape([LEAD, LEAD, LEAD]))
    assert [lead.id for lead in batch.leads] == [derived_id("generic", "msg_1", str(index)) for index in range(3)]


def test_a_redelivery_is_the_same_lead_and_another_message_is_not() -> None:
    first, again, other = (parsed(LEAD, message_id=name).leads[0].id for name in ("msg_1", "msg_1", "msg_2"))
    assert first == again != other


def test_the_senders_own_id_holds_across_messages() -> None:
    assert parsed({**LEAD, "id": "a"}).leads[0].id == parsed({**LEAD, "id": "a"}, message_id="msg_2").leads[0].id


def test_blanks_and_nulls_are_absent() -> None:
    (lead,) = parsed({"company": {"name": "Tarnmoor", "domain": ""}, "contact": None, "owner": " "}).leads
    assert lead.known().contact is None
    assert lead.owner is None


def test_a_business_address_supplies_the_company() -> None:
    (lead,) = parsed({"contact": {"email": "ines@mail.tarnmoor.example"}}).leads
    assert lead.known().account.domain == "mail.tarnmoor.example"


@pytest.mark.parametrize("payload", [{}, {"contact": {"title": "Buyer"}}, {"company": {"country": "Austria"}}])
def test_a_lead_without_company_and_person_is_refused_with_the_fix(payload: Any) -> None:
    assert error_of(payload).startswith("a lead needs a company or a person: give company.name or company.domain")


def test_a_person_alone_is_a_lead_and_a_free_mail_host_no_company() -> None:
    (lead,) = parsed({"contact": {"name": "Ines Roth", "email": "ines@gmail.com"}}).leads
    assert (lead.known().has_company, lead.known().label) == (False, "Ines Roth")


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ({"company": {"domain": "not a domain"}}, "company.domain: is not a domain; write for example stripe.com"),
        ({"company": {"nmae": "Tarnmoor"}}, "company.nmae: is not a known field; remove it or correct its spelling"),
        ({"company": "Tarnmoor"}, "company: is not an object; write {…}"),
        ({"company": {"name": "x" * 201}}, "company.name: String should have at most 200 characters"),
        ({"contact": {"email": "ines"}}, "contact.email: value is not a valid email address"),
        ({"call_at": "2026-03-02T10:00:00"}, "call_at: has no time zone; write for example 2026-03-01T09:00:00Z"),
        ({"call_at": "tomorrow"}, "call_at: Input should be a valid datetime"),
        ({"call_at": "0001-01-01T00:00:00+14:00"}, "call_at: lies outside the years 1 to 9999"),
        ({"activities": [{"kind": "attended", "at": 1}, {}]}, "activities.1.kind: is missing; add it"),
        ({"activities": [{"kind": "x"}] * 51}, "activities: Tuple should have at most 50 items"),
        ({"id": "a\nb"}, "id: String should match pattern"),
        ({"type": 5}, "type: Input should be a valid string"),
        ({"as_of": "2022-03-10T00:00:00Z"}, "as_of: replays the past in development only; remove it"),
    ],
)
def test_a_wrong_field_is_named_with_the_fix(field: dict[str, Any], says: str) -> None:
    assert error_of({**LEAD, **field}).startswith(says)


def test_the_past_can_be_replayed_in_development() -> None:
    (lead,) = parsed({**LEAD, "as_of": "2022-03-10T00:00:00Z"}, development=True).leads
    assert lead.as_of == datetime(2022, 3, 10, tzinfo=UTC)


def test_one_malformed_of_a_hundred_costs_nothing_else() -> None:
    batch = parsed([{**LEAD, "id": index} if index != 42 else {"company": {}} for index in range(100)])
    assert len(batch.leads) == 99
    assert [(item.index, item.received) for item in batch.rejected] == [(42, {"company": {}})]


def test_other_events_are_skipped_unread() -> None:
    other = {"type": "contact.updated", "data": {"anything": True}}
    assert parsed([other, {**LEAD, "type": "lead.created"}, {**LEAD, "type": ""}]).skipped == 1
    assert parsed({"type": "contact.updated", "leads": [LEAD, LEAD]}).skipped == 2


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"company": {"na', "not JSON .* cut off"),
        (b"", "not JSON"),
        (b'{"x": NaN}', "NaN is not a JSON value"),
        (b"\xff", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 30 + b"]" * 30, "nested too deeply"),
        (b'{"id": ' + b"9" * 5000 + b"}", "not JSON"),
        (as_body([LEAD] * 101), "101 in one request; send at most 100"),
        (as_body({"leads": LEAD}), "leads: is not a list"),
        (as_body({"leads": [], "company": {}}), "company: is no field beside leads"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_why(body: bytes, says: str) -> None:
    with pytest.raises(MalformedBody, match=says):
        parsed(body)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(), lambda inner: st.lists(inner)
)
fields = st.sampled_from([*LEAD, "id", "type", "owner", "call_at", "source", "activities", "as_of", "leads", "\ud800"])
nested = st.sampled_from(["name", "domain", "email", "title", "industry", "country", "aliases", "kind", "at"])
wild = st.dictionaries(
    fields, anything | st.dictionaries(nested, anything) | st.lists(st.dictionaries(nested, anything))
)


@given(wild | st.lists(wild) | anything)
def test_no_json_whatsoever_crashes_and_nothing_gets_lost(payload: Any) -> None:
    body = json.dumps(payload).encode()
    try:
        batch = parsed(body, development=True)
    except MalformedBody as error:
        str(error).encode()
        return
    items = payload["leads"] if isinstance(payload, dict) and "leads" in payload else payload
    expected = len(items) if isinstance(items, list) else 1
    assert len(batch.leads) + batch.skipped + len(batch.rejected) == expected
    for lead in batch.leads:
        lead.model_dump_json()
    for item in batch.rejected:
        item.error.encode()


@pytest.mark.parametrize("also", [{}, {"call_at": "2026-03-12T15:00:00Z"}])
def test_an_invitation_that_is_none_costs_its_own_lead_only(also: dict[str, str]) -> None:
    batch = parsed([LEAD, {**LEAD, "id": "other", "invitation": "see you at three", **also}])
    assert len(batch.leads) == 1
    assert "is not iCalendar" in batch.rejected[0].error
