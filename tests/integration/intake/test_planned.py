"""Whose call an activity or an invitation is, on moto: the latest version stays, whichever comes last."""

from __future__ import annotations

from datetime import UTC, datetime

import boto3
import pytest

from intake.handler import handler
from precall.crm.planned import DynamoPlannedCalls
from precall.events import CallMoved, parse_event
from tests.integration.intake.cloud import Cloud
from tests.unit.crm.deliveries import generic_headers
from tests.unit.crm.test_invitation import ics
from tests.unit.intake.gateway import Context, generic, with_headers

pytestmark = pytest.mark.integration
UNTIL = datetime(2026, 6, 12, tzinfo=UTC)


def test_it_is_remembered_by_crm_and_a_late_version_changes_nothing(aws: Cloud) -> None:
    table = boto3.resource("dynamodb").Table("facts")
    planned = DynamoPlannedCalls(table)
    assert planned.lead_of("zoho", "Events/88") is None
    assert planned.remember("zoho", "Events/88", "lead-1", UNTIL)
    assert planned.remember("zoho", "Events/88", "lead-2", UNTIL, 2)
    assert not planned.remember("zoho", "Events/88", "lead-3", UNTIL, 1)
    assert (planned.lead_of("zoho", "Events/88"), planned.lead_of("close", "Events/88")) == ("lead-2", None)
    (item,) = table.scan()["Items"]
    assert item["expires_at"] == int(UNTIL.timestamp())
    assert "88" not in str(item["pk"]).split("#")


def test_an_invitation_moves_the_call_of_the_lead_that_it_came_with(aws: Cloud) -> None:
    first = {"company": {"domain": "tarnmoor.example"}, "invitation": ics()}
    assert handler(generic(first), Context())["statusCode"] == 202
    moved = ics("DTSTART:20260312T160000Z", "SEQUENCE:1").encode()
    event = generic(moved) | {"path": "/invitations", "body": moved.decode()}
    headers = {"Content-Type": "text/calendar; method=REQUEST", **generic_headers(moved)}
    for _ in range(2):
        assert handler(with_headers(event, headers), Context())["statusCode"] == 202
    (lead,) = aws.items("LEAD")
    first_told, again = (parse_event(told) for told in aws.events("call.moved"))
    assert isinstance(first_told, CallMoved)
    assert (first_told.lead_id, first_told.call_at.hour) == (str(lead["pk"]).removeprefix("LEAD#"), 16)
    assert first_told.id == again.id
