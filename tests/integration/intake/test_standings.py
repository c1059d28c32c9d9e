"""An account's activities on moto: with their lead or not at all, each once, however many come at the same time."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest

from intake.bootstrap import bootstrap
from intake.handler import handler
from precall.errors import StorageUnavailable
from precall.events import parse_event
from precall.model import Account, Activity, Lead
from precall.standings import DynamoStandings, Logged, Made, Standing
from tests.integration.intake.cloud import Cloud
from tests.unit.crm.deliveries import as_body, generic_headers, request
from tests.unit.intake.gateway import Context, generic

pytestmark = pytest.mark.integration
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
LEAD = Lead(id="lead-1", crm="generic", acquired_at=AT, correlation_id="c")
ONE = Logged(id="a", activity=Activity(kind="form"), at=AT, account=Account(domain="tarnmoor.example"))


def sent(name: str) -> dict[str, Any]:
    return {"kind": "download", "id": name, "company": {"domain": "tarnmoor.example"}}


@pytest.fixture
def standings(aws: Cloud) -> DynamoStandings:
    return DynamoStandings(boto3.resource("dynamodb").Table("facts"))


def test_activities_make_one_published_lead(aws: Cloud) -> None:
    event = generic([sent(str(n)) for n in range(5)]) | {"path": "/activities"}
    for _ in range(2):
        answer = handler(event, Context())
        assert answer["statusCode"] == 202
    (item,) = aws.items("LEAD")
    assert item["published"] is True
    assert [lead["id"] for lead in json.loads(answer["body"])["leads"]] == [json.loads(item["doc"])["id"]]
    assert len(aws.events("lead.acquired")) == 1


def test_many_at_the_same_time_make_one_lead(aws: Cloud) -> None:
    step = bootstrap().activities

    def deliver(number: int) -> int:
        body = as_body(sent(str(number % 12)))
        return step.receive(request(body, generic_headers(body))).logged

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(deliver, range(24))) == [1] * 24
    (item,) = aws.items("ACTIVITIES#any")
    standing = Standing.model_validate_json(str(item["doc"]))
    assert (len(standing.made), len(standing.made[0].by), len(standing.waiting)) == (1, 4, 8)
    assert len(aws.items("LEAD")) == 1
    told = {parse_event(event).id for event in aws.events("lead.acquired")}
    assert len(told) == 1, "two at once may both tell of it: by the same event"


def test_whoever_was_slower_is_asked_again_of_what_is_there_now(aws: Cloud, standings: DynamoStandings) -> None:
    seen: list[int] = []

    def slow(before: Standing) -> tuple[Standing, list[Lead]]:
        seen.append(len(before.waiting))
        if len(seen) == 1:
            standings.change("k", "any", lambda one: (Standing(waiting=(ONE,)), []), AT, 90)
        return before.model_copy(update={"made": (Made(lead_id="lead-1", at=AT, by=("b",)),)}), [LEAD]

    standings.change("k", "any", slow, AT, 90)
    assert seen == [0, 1]
    assert len(aws.items("LEAD")) == 1


def test_a_standing_is_not_written_without_its_lead(
    aws: Cloud, standings: DynamoStandings, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap().intake.facts.add_leads([LEAD], 90)

    def change(before: Standing) -> tuple[Standing, list[Lead]]:
        return Standing(waiting=(ONE,)), [LEAD]

    monkeypatch.setattr("precall.standings._FIRST_PAUSE", 0)
    with pytest.raises(StorageUnavailable, match="changed by others"):
        standings.change("k", "any", change, AT, 90)
    assert aws.items("ACTIVITIES#any") == []


def test_when_the_table_does_not_answer_the_sender_tries_again(aws: Cloud) -> None:
    event = generic([sent("1")]) | {"path": "/activities"}
    with aws.without("dynamodb"):
        assert handler(event, Context())["statusCode"] == 503
    assert handler(event, Context())["statusCode"] == 202
