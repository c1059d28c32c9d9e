"""Queue messages against moto's AWS, and HubSpot as the replay web plays it on a loopback server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

import replay
from distribute.bootstrap import bootstrap
from distribute.handler import handler
from precall.events import LeadAcquired, LeadAssigned
from precall.facts import DynamoFacts
from precall.ids import derived_id
from precall.model import Account, Lead, Prospect
from replay import world
from tests.integration.intake.cloud import Cloud
from tests.unit.distribute.test_handler import Context, batch, failed

pytestmark = pytest.mark.integration
TARNMOOR = world.companies["tarnmoor"]


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with replay.serve() as origin:
        yield origin


@pytest.fixture
def hubspot(aws: Cloud, origin: str, monkeypatch: pytest.MonkeyPatch) -> Cloud:
    """The door leads to the replay web."""
    monkeypatch.setenv("STAGE", "development")
    monkeypatch.setenv("REPLAY_ORIGIN", origin)
    bootstrap.cache_clear()
    return aws


def add(**fields: Any) -> Lead:
    lead = Lead(acquired_at=datetime.now(UTC), correlation_id="c-1", **fields)
    DynamoFacts(boto3.resource("dynamodb").Table("facts")).add_lead(lead, 90)
    return lead


def add_generic(lead_id: str) -> Lead:
    return add(id=lead_id, crm="generic", prospect=Prospect(account=Account(name="Tarnmoor Logistics")))


def add_hubspot(contact_id: str) -> Lead:
    return add(id=derived_id("hubspot", "62515", contact_id), crm="hubspot", crm_id=contact_id, portal="62515")


def told(aws: Cloud, *leads: Lead) -> dict[str, Any]:
    """The messages that the bus's rule puts into the queue of distribute for `leads`."""
    bootstrap().distribution.bus.publish(*map(LeadAcquired.of, leads))
    sample = batch()["Records"][0]
    return {
        "Records": [
            sample | {"messageId": f"m-{number}", "body": body, "md5OfBody": hashlib.md5(body.encode()).hexdigest()}
            for number, body in enumerate(aws.messages("lead.acquired"))
        ]
    }


def distributed_at_once(leads: list[Lead]) -> list[LeadAssigned]:
    step = bootstrap().distribution
    with ThreadPoolExecutor(len(leads)) as pool:
        events = list(pool.map(lambda lead: step.distribute(LeadAcquired.of(lead)), leads))
    return [event for event in events if isinstance(event, LeadAssigned)]


def test_a_lead_is_assigned_and_the_bus_knows(aws: Cloud) -> None:
    lead = add_generic("lead-1")
    assert failed(handler(told(aws, lead), Context())) == []
    (event,) = aws.events("lead.assigned")
    held = bootstrap().distribution.facts.assignment("lead-1")
    assert held is not None
    assert (event["research_id"], event["rep"]) == (held.research_id, held.rep.email)
    assert held.call_at > datetime.now(UTC)


def test_a_duplicate_message_gives_the_same_assignment(aws: Cloud) -> None:
    messages = told(aws, add_generic("lead-1"))
    for _ in range(3):
        assert failed(handler(messages, Context())) == []
    events = aws.events("lead.assigned")
    assert (len(events), len({event["research_id"] for event in events})) == (3, 1)


def test_one_lead_told_by_twenty_messages_at_the_same_time_has_one_assignment(aws: Cloud) -> None:
    events = distributed_at_once([add_generic("lead-1")] * 20)
    assert len({(event.rep, event.research_id, event.call_at) for event in events}) == 1
    assert len(aws.items("ASSIGNMENT")) == 1


def test_leads_that_come_at_the_same_time_go_to_all_of_the_team_and_nobody_is_booked_twice(aws: Cloud) -> None:
    events = distributed_at_once([add_generic(f"lead-{number}") for number in range(20)])
    assert {event.rep for event in events} == {"dana@seller.example", "jonas@seller.example"}
    assert len({(event.rep, event.call_at) for event in events}) == 20
    calls = [int(str(item["calls"])) for item in aws.table.scan()["Items"] if str(item["pk"]).startswith("REP#")]
    assert sum(calls) == 20


@pytest.mark.enable_socket
def test_a_hubspot_contact_is_read_back_and_goes_to_its_owner(hubspot: Cloud) -> None:
    lead = add_hubspot(TARNMOOR.contact.id)
    assert failed(handler(told(hubspot, lead), Context())) == []
    known = bootstrap().distribution.facts.lead(lead.id)
    assert known.known().account.name == TARNMOOR.name
    assert known.known().account.domain == TARNMOOR.domain
    assert known.known().contact is not None
    assert known.owner == TARNMOOR.owner_id
    assert known.owner_email == world.owners[TARNMOOR.owner_id].email
    (event,) = hubspot.events("lead.assigned")
    assert event["lead_id"] == lead.id
    (item,) = hubspot.items("LEAD")
    assert {"published", "expires_at"} <= item.keys(), "completing a lead keeps what else is known of it"


@pytest.mark.enable_socket
def test_a_contact_that_hubspot_deleted_is_rejected_and_its_neighbour_assigned(hubspot: Cloud) -> None:
    gone, there = add_hubspot("404404"), add_hubspot(TARNMOOR.contact.id)
    assert failed(handler(told(hubspot, gone, there), Context())) == []
    (rejected,) = hubspot.events("lead.rejected")
    assert rejected["lead_id"] == gone.id
    assert [event["lead_id"] for event in hubspot.events("lead.assigned")] == [there.id]


@pytest.mark.enable_socket
def test_a_refused_token_leaves_the_lead_in_the_queue_until_it_is_mended(hubspot: Cloud) -> None:
    ssm = boto3.client("ssm")
    ssm.put_parameter(Name="/precall/hubspot/access-token", Value="expired", Type="SecureString", Overwrite=True)
    messages = told(hubspot, add_hubspot(TARNMOOR.contact.id))
    assert failed(handler(messages, Context())) == ["m-0"]
    ssm.put_parameter(Name="/precall/hubspot/access-token", Value="pat-eu1-new", Type="SecureString", Overwrite=True)
    bootstrap.cache_clear()  # else the secret is kept for a minute
    assert failed(handler(messages, Context())) == []


@pytest.mark.parametrize("service", ["dynamodb", "s3", "events"])
def test_what_fails_is_left_to_the_queue_and_done_later(aws: Cloud, service: str) -> None:
    messages = told(aws, add_generic("lead-1"))
    with aws.without(service):
        assert failed(handler(messages, Context())) == ["m-0"]
    assert aws.events("lead.assigned") == []
    assert failed(handler(messages, Context())) == []
    assert len(aws.events("lead.assigned")) == 1
