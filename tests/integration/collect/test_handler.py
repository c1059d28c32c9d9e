"""The deployed wiring on moto, with the replay web behind the door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

import replay
from collect.bootstrap import bootstrap
from collect.handler import handler
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import S3Documents, load, research_key
from precall.errors import InvalidConfiguration, LeadNotFound
from precall.facts import DynamoFacts
from precall.model import Account, Collection, Lead, Prospect, ResearchTask, SourceState
from tests.integration.core.stack import BUCKET, TABLE, bodies, queue_behind_the_bus, stack

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[3]
EVENT: dict[str, Any] = json.loads((ROOT / "events/collect.json").read_text())
TASK = ResearchTask.model_validate(EVENT)
AS_OF = datetime(2026, 3, 10, 12, tzinfo=UTC)
CONTEXT = SimpleNamespace(
    function_name="collect", memory_limit_in_mb=512, invoked_function_arn="arn:aws:lambda", aws_request_id="1"
)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with replay.serve(as_of=AS_OF) as origin, stack(monkeypatch):
        monkeypatch.setenv("REPLAY_ORIGIN", origin)
        bootstrap.cache_clear()
        yield queue_behind_the_bus()
    bootstrap.cache_clear()


@pytest.fixture
def documents(queue: str) -> S3Documents:
    return S3Documents(boto3.client("s3"), BUCKET)


def store(documents: S3Documents, account: Account) -> None:
    ConfigStore(documents).push(parse_config((ROOT / "precall.example.yaml").read_text()))
    lead = Lead(
        id=TASK.lead_id,
        crm="generic",
        acquired_at=AS_OF,
        correlation_id=TASK.correlation_id,
        prospect=Prospect(account=account),
        as_of=AS_OF,
    )
    DynamoFacts(boto3.resource("dynamodb").Table(TABLE)).add_lead(lead, 90)


def collected(documents: S3Documents) -> Collection:
    return load(documents, research_key(TASK.lead_id, TASK.research_id, "collection.json"), Collection)


def test_a_task_becomes_a_stored_collection_and_an_event(queue: str, documents: S3Documents) -> None:
    store(documents, Account(name="Tarnmoor Robotics", domain="tarnmoor.example"))
    assert handler(EVENT, CONTEXT) == TASK.model_dump(mode="json")
    collection = collected(documents)
    assert collection.mentions
    (body,) = bodies(queue)
    told = json.loads(body)
    assert told["detail-type"] == "mentions.collected"
    assert told["detail"]["mentions"] == len(collection.mentions)
    asked = [report for report in collection.reports if report.state != SourceState.SKIPPED]
    assert told["detail"]["answered"] == told["detail"]["asked"] == len(asked)


def test_a_lead_inside_the_network_is_researched_without_its_site(
    queue: str, documents: S3Documents, capsys: pytest.CaptureFixture[str]
) -> None:
    store(documents, Account(name="Tarnmoor Robotics", domain="erp.tarnmoor.internal"))
    handler(EVENT, CONTEXT)
    collection = collected(documents)
    reports = {report.source: report for report in collection.reports}
    assert reports["site"].reason == "erp.tarnmoor.internal is a name inside a private network"
    assert reports["google_news"].mentions
    assert json.loads(bodies(queue)[0])["detail"]["failed"] == ["site"]
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"SourceFailed"' in line]
    by_source = {line["source"]: line["SourceFailed"] for line in told}
    assert by_source["site"] == [1]
    assert by_source["google_news"] == [0]
    assert all(line["service"] == "collect" for line in told)


@pytest.mark.filterwarnings("ignore:No application metrics")
def test_an_unknown_lead_and_missing_settings_are_permanent_errors(documents: S3Documents) -> None:
    with pytest.raises(LeadNotFound):
        handler(EVENT, CONTEXT)
    store(documents, Account(name="Tarnmoor Robotics"))
    boto3.client("s3").delete_object(Bucket=BUCKET, Key="config/precall.json")
    with pytest.raises(InvalidConfiguration, match="precall config push"):
        handler(EVENT, CONTEXT)
