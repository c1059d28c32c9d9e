"""Webhooks against moto's AWS: what was answered with 2xx is in the table and on the bus, once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from intake.bootstrap import bootstrap
from intake.handler import handler
from intake.logic import Receipt
from intake.requests import webhook_request
from precall.crm import adapter
from tests.integration.intake.cloud import Cloud
from tests.unit.crm.deliveries import LEAD, contact_created
from tests.unit.intake.gateway import Context, generic, hubspot, sample

pytestmark = pytest.mark.integration


def post(event: dict[str, Any]) -> tuple[int, Any]:
    answer = handler(event, Context())
    return answer["statusCode"], json.loads(answer["body"])


def test_the_samples_are_taken_when_freshly_signed(aws: Cloud) -> None:
    assert post(generic(sample("webhook_generic")["body"].encode()))[0] == 202
    status, body = post(hubspot(sample("webhook_hubspot")["body"].encode()))
    assert (status, len(body["accepted"]), body["skipped"]) == (200, 2, 1)
    stored = {json.loads(item["doc"])["id"] for item in aws.items("LEAD")}
    assert {event["lead_id"] for event in aws.events("lead.acquired")} == stored
    assert len(stored) == 3


def test_a_stored_lead_expires_with_its_retention(aws: Cloud) -> None:
    post(generic(LEAD))
    (item,) = aws.items("LEAD")
    assert item["published"] is True
    expires = datetime.fromtimestamp(int(item["expires_at"]), UTC)
    assert timedelta(days=89) < expires - datetime.now(UTC) < timedelta(days=91)


def test_twenty_redeliveries_at_the_same_time_are_one_lead(aws: Cloud) -> None:
    event = hubspot([contact_created(), contact_created(subscriptionType="object.creation", objectTypeId="0-1")])

    intake = bootstrap().intake

    def deliver(_: int) -> Receipt:
        request = webhook_request(APIGatewayProxyEvent(event), datetime.now(UTC), development=False)
        return intake.receive(adapter("hubspot"), request)

    with ThreadPoolExecutor(20) as pool:
        receipts = list(pool.map(deliver, range(20)))
    (item,) = aws.items("LEAD")
    lead_id = json.loads(item["doc"])["id"]
    assert {receipt.accepted for receipt in receipts} == {(lead_id,)}
    assert {published["lead_id"] for published in aws.events("lead.acquired")} == {lead_id}
    post(event)
    assert aws.events("lead.acquired") == [], "once published, a redelivery has nothing left to do"


def test_a_hundred_events_with_one_malformed(aws: Cloud) -> None:
    events: list[Any] = [contact_created(index) for index in range(99)]
    status, body = post(hubspot([*events, {"eventId": 99}]))
    assert (status, len(body["accepted"]), body["rejected"][0]["index"]) == (200, 99, 99)
    assert len(aws.items("LEAD")) == len(aws.events("lead.acquired")) == 99
    (rejected,) = aws.events("lead.rejected")
    (document,) = aws.documents("rejected/")
    assert document["lead_id"] == rejected["lead_id"]
    assert document["received"] == {"eventId": 99}


def test_the_bus_is_down_and_the_redelivery_publishes(aws: Cloud) -> None:
    event = generic([LEAD, {}])
    with aws.without("events"):
        status, body = post(event)
    assert (status, "send it again" in body["error"]) == (503, True)
    assert aws.items("LEAD")[0]["published"] is False
    assert aws.events("lead.acquired") == []

    assert post(event)[0] == 202
    assert len(aws.items("LEAD")) == len(aws.events("lead.acquired")) == len(aws.events("lead.rejected")) == 1


@pytest.mark.parametrize("service", ["dynamodb", "s3", "ssm"])
def test_storage_is_down_and_nothing_is_acknowledged(aws: Cloud, service: str) -> None:
    event = generic(LEAD)
    with aws.without(service):
        assert post(event)[0] == 503
    assert aws.events("lead.acquired") == []
    assert post(event)[0] == 202
    assert len(aws.events("lead.acquired")) == 1


@pytest.mark.parametrize(("setting", "status"), [("yes", 200), ("no", 401)])
def test_hubspot_v1_is_a_setting_of_the_deployment(
    aws: Cloud, monkeypatch: pytest.MonkeyPatch, setting: str, status: int
) -> None:
    monkeypatch.setenv("HUBSPOT_SIGNATURE_V1", setting)
    event = hubspot([contact_created()])
    event["headers"] = {name: value for name, value in event["headers"].items() if not name.lower().endswith("-v3")}
    assert post(event)[0] == status


def test_a_missing_environment_is_named_for_the_operator(
    aws: Cloud, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("SECRETS_PREFIX")
    assert post(generic(LEAD))[0] == 503
    assert "SECRETS_PREFIX: is missing; set it in template.yaml" in caplog.text
