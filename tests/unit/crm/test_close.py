"""Close: the vector that its documentation's scheme gives, its window, and its events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from precall.crm import SignatureRefused
from precall.crm.close.signature import signature
from tests.unit.crm.samples import AT, CLOSE_KEY, delivery, parse, sample_body, verify

BODY = b'{"event":{"object_type":"lead","action":"created"},"subscription_id":"whsub_test"}'


def stamped(age: timedelta) -> dict[str, str]:
    timestamp = str(int((AT - age).timestamp()))
    return {"close_sig_timestamp": timestamp, "close_sig_hash": signature(CLOSE_KEY, timestamp, BODY)}


def changed(**event: Any) -> dict[str, Any]:
    body: dict[str, Any] = sample_body("close")
    return {**body, "event": {**body["event"], **event}}


def test_the_vector() -> None:
    expected = "f73ee760ae5ba8f9c5b6b21933d3d52ffe759450e2a271732715a07dbfba7807"
    assert signature(CLOSE_KEY, "1544271440", BODY) == expected


def test_what_is_sent_again_for_three_days_is_taken() -> None:
    verify(delivery("close", BODY, **stamped(timedelta(hours=72))), "close")


@pytest.mark.parametrize(
    ("age", "says"),
    [(timedelta(hours=74), "more than 73 hours old"), (timedelta(minutes=-6), "more than 5 minutes in the future")],
)
def test_stale_and_future_deliveries_are_refused(age: timedelta, says: str) -> None:
    with pytest.raises(SignatureRefused, match=says):
        verify(delivery("close", BODY, **stamped(age)), "close")


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"close_sig_hash": ""}, "close-sig-hash: is missing"),
        ({"close_sig_hash": "f" * 64}, "close-sig-hash: does not match"),
        ({"close_sig_timestamp": "now"}, "not a number of seconds"),
        ({"close_sig_timestamp": "1773303001"}, "does not match"),
    ],
)
def test_refusals_name_the_header(headers: dict[str, str], says: str) -> None:
    with pytest.raises(SignatureRefused, match=says):
        verify(delivery("close", **headers), "close")


def test_a_created_lead_is_a_company_with_its_first_contact() -> None:
    (lead,) = parse(delivery("close"), "close").leads
    prospect = lead.known()
    assert (prospect.account.name, prospect.account.domain) == ("Tarnmoor Logistics", "tarnmoor.example")
    assert prospect.contact
    assert (prospect.contact.email, prospect.contact.title) == ("ines@tarnmoor.example", "COO")
    assert lead.stage == "Potential"


@pytest.mark.parametrize("other", [{"action": "updated"}, {"object_type": "activity.note"}])
def test_other_events_are_skipped(other: dict[str, str]) -> None:
    batch = parse(delivery("close", changed(**other)), "close")
    assert (batch.leads, batch.skipped) == ((), 1)


def test_an_event_without_an_object_is_rejected_by_its_field() -> None:
    (wrong,) = parse(delivery("close", changed(object_id=None)), "close").rejected
    assert wrong.error.startswith("object_id: ")
