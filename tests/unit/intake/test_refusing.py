"""Bad input gets a clear answer, in JSON, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from intake import handler as intake_handler
from precall.errors import InvalidConfiguration
from tests.unit.crm.deliveries import CLIENT_SECRET, LEAD, ROTATED, SECRET, as_body, contact_created, hubspot_headers
from tests.unit.intake.conftest import Stack
from tests.unit.intake.gateway import HUBSPOT_URL, generic, hubspot, in_base64, sample, with_headers

STALE, FUTURE = timedelta(minutes=6), timedelta(minutes=-6)
MEGABYTE = {**LEAD, "source": "x" * 1_000_000}


def without(event: dict[str, Any], name: str) -> dict[str, Any]:
    kept = {key: value for key, value in event["headers"].items() if key.lower() != name}
    return event | {"headers": kept}


# made when the test runs: a signature is good for five minutes
REFUSED: dict[str, tuple[Callable[[], dict[str, Any]], int, str]] = {
    "no signature": (lambda: without(generic(LEAD), "webhook-signature"), 401, "webhook-signature: is missing"),
    "wrong signature": (
        lambda: generic(LEAD, secret="whsec_AAAAAAAAAAAAAAAAAAAA"),
        401,
        "webhook-signature: does not match",
    ),
    "malformed signature": (lambda: with_headers(generic(LEAD), {"webhook-signature": "é"}), 401, "is malformed"),
    "tampered body": (lambda: generic(LEAD) | {"body": "{}"}, 401, "does not match"),
    "stale": (lambda: generic(LEAD, age=STALE), 401, "webhook-timestamp: is more than 5 minutes old"),
    "future": (lambda: generic(LEAD, age=FUTURE), 401, "webhook-timestamp: is more than 5 minutes in the future"),
    "hubspot unsigned": (
        lambda: without(hubspot([]), "x-hubspot-signature-v3"),
        401,
        "x-hubspot-signature-v3: is missing",
    ),
    "hubspot stale": (lambda: hubspot([contact_created()], age=STALE), 401, "more than 5 minutes old"),
    "hubspot future": (lambda: hubspot([contact_created()], age=FUTURE), 401, "more than 5 minutes in the future"),
    "the sample as it is": (lambda: sample("webhook_generic"), 401, "webhook-timestamp: is more than 5 minutes"),
    "content type": (lambda: with_headers(generic(LEAD), {"Content-Type": "text/xml"}), 415, "send JSON and say so"),
    "no content type": (lambda: without(generic(LEAD), "content-type"), 415, "content-type: is not application/json"),
    "too large": (lambda: generic(MEGABYTE), 413, "send at most 1,000,000"),
    "too large in base64": (lambda: in_base64(generic(MEGABYTE)), 413, "send at most 1,000,000"),
    "no base64": (lambda: generic(LEAD) | {"isBase64Encoded": True}, 400, "the body is not the base64"),
    "truncated": (lambda: generic(b'{"company": {"name": "Tarn'), 400, "was it cut off?"),
    "empty": (lambda: generic(b"") | {"body": None}, 400, "not JSON"),
    "too many": (lambda: generic([LEAD] * 101), 400, "send at most 100"),
    "unknown CRM": (
        lambda: generic(LEAD) | {"path": "/webhooks/siebel"},
        404,
        "known are close, generic, hubspot, pipedrive, salesforce, zoho",
    ),
    "unknown path": (lambda: generic(LEAD) | {"path": "/webhook/generic"}, 404, "POST to /webhooks/{crm}"),
    "wrong method": (lambda: generic(LEAD) | {"httpMethod": "GET"}, 404, "POST to /webhooks/{crm}"),
    "nobody": (lambda: generic({"contact": {"title": "Buyer"}}), 422, "a lead needs a company or a person: give"),
    "wrong domain": (lambda: generic({"company": {"domain": "?"}}), 422, "company.domain: is not a domain"),
    "as of": (
        lambda: generic({**LEAD, "as_of": "2022-03-10T00:00:00Z"}),
        422,
        "as_of: replays the past in development only",
    ),
    "all wrong": (lambda: generic([{}, {}]), 422, "a lead needs a company"),
}


@pytest.mark.parametrize(("event", "status", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_input(stack: Stack, event: Callable[[], dict[str, Any]], status: int, says: str) -> None:
    answer = stack.post(event())
    assert answer.status == status
    assert says in answer.body["error"]
    assert stack.untouched()
    assert not any(secret in str(answer) for secret in (SECRET, ROTATED, CLIENT_SECRET))


def test_an_address_other_than_the_signed_one_is_refused(stack: Stack) -> None:
    event = hubspot([contact_created()])
    event["requestContext"] |= {"path": "/other/webhooks/hubspot"}
    assert stack.post(event).status == 401


def test_the_signed_address_includes_its_query(stack: Stack) -> None:
    body = [contact_created()]
    signed = hubspot_headers(as_body(body), url=f"{HUBSPOT_URL}?team=emea%20west&back=https%3A%2F%2Fa.example%2Fb")
    query = {"team": ["emea west"], "back": ["https://a.example/b"]}
    event = with_headers(hubspot(body), signed) | {"multiValueQueryStringParameters": query}
    assert stack.post(event).status == 200


def test_without_a_domain_name_the_host_header_stands_in(stack: Stack) -> None:
    event = hubspot([contact_created()])
    del event["requestContext"]["domainName"]
    assert stack.post(event).status == 200


def test_a_setting_that_is_missing_is_the_operators_and_the_lead_comes_again(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unset() -> None:
        raise InvalidConfiguration("no settings are in force; run `precall config push`")

    monkeypatch.setattr(intake_handler, "bootstrap", unset)
    answer = stack.post(generic(LEAD))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert "an operator must check the settings" in answer.body["error"]


def test_a_defect_is_answered_in_json_without_its_text(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("internals")

    monkeypatch.setattr(stack.facts, "add_lead", broken)
    answer = stack.post(generic(LEAD))
    assert answer.status == 500
    assert "internals" not in str(answer.body)
