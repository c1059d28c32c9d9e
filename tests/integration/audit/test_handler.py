"""record and pages with their own wiring against AWS as moto knows it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from audit import bootstrap as wiring
from audit import handler, recorder_bootstrap
from audit.recorder_bootstrap import again, recorder
from precall import again as bringing
from precall.bus import EventBridgeBus
from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import S3Documents, research_key
from precall.errors import StorageUnavailable
from precall.facts import DynamoFacts
from precall.links import Links
from tests.integration.core.stack import BUCKET, BUS, PREFIX, TABLE, bodies, queue_behind_the_bus, stack
from tests.unit.audit.test_handler import CONTEXT
from tests.unit.audit.world import ASSIGNMENT, EVENTS, GET, LEAD, LEAD_ID, RESEARCH_ID, ROOT, SQS

pytestmark = pytest.mark.integration
OLD, NEW = "the-old-secret", "the-new-secret"


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoFacts]:
    with stack(monkeypatch):
        documents = S3Documents(boto3.client("s3"), BUCKET)
        ConfigStore(documents).push(parse_config((ROOT / "precall.example.yaml").read_text()))
        documents.put(research_key(LEAD_ID, RESEARCH_ID, "page.html"), "<p>Opens a warehouse</p>", "text/html")
        boto3.client("ssm").put_parameter(Name=f"{PREFIX}/links", Type="SecureString", Value=f"{NEW} {OLD}")
        forget()
        wiring.pages.cache_clear()
        wiring.brief_page.cache_clear()
        facts = DynamoFacts(boto3.resource("dynamodb").Table(TABLE))
        facts.add_lead(LEAD, 90)
        facts.assign(ASSIGNMENT, 90)
        yield facts
        forget()
        wiring.pages.cache_clear()
        wiring.brief_page.cache_clear()


def forget() -> None:
    """What the recorder's process keeps."""
    for kept in (recorder, again, recorder_bootstrap._clients):
        kept.cache_clear()


def record(*messages: str) -> int:
    template = SQS["Records"][0]
    records = [{**template, "messageId": str(index), "body": body} for index, body in enumerate(messages)]
    return len(handler.record({"Records": records}, CONTEXT)["batchItemFailures"])


def get(secret: str, path: str = "", accept: str = "text/html") -> dict[str, Any]:
    event = copy.deepcopy(GET)
    token = Links("", (secret,)).to_lead(LEAD_ID).split("token=")[1]
    event["path"] += path
    event["headers"]["Accept"] = accept
    event["queryStringParameters"] = {"token": token}
    event["multiValueQueryStringParameters"] = {"token": [token]}
    return dict(handler.pages(event, CONTEXT))


def test_what_the_bus_brings_is_on_the_trail_once(facts: DynamoFacts) -> None:
    queue = queue_behind_the_bus()
    EventBridgeBus(boto3.client("events"), BUS).publish(*EVENTS, *EVENTS[:2])
    messages = bodies(queue)
    assert len(messages) == len(EVENTS) + 2
    assert record(*messages) == 0
    assert facts.trail(LEAD_ID) == EVENTS


def test_after_a_passing_trouble_the_message_is_back_at_once(
    facts: DynamoFacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqs = boto3.client("sqs")
    queue = sqs.create_queue(QueueName="audit", Attributes={"VisibilityTimeout": "180"})["QueueUrl"]
    monkeypatch.setenv("QUEUE_URL", queue)
    monkeypatch.setattr(bringing, "FIRST", 0)
    forget()
    sqs.send_message(QueueUrl=queue, MessageBody=SQS["Records"][0]["body"])

    def recorded() -> int:
        (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
        kept = {**SQS["Records"][0], "receiptHandle": message["ReceiptHandle"], "messageId": message["MessageId"]}
        return len(handler.record({"Records": [kept]}, CONTEXT)["batchItemFailures"])

    with monkeypatch.context() as patch:
        patch.setattr(DynamoFacts, "append", _throttled)
        assert recorded() == 1
    assert recorded() == 0
    assert facts.trail(LEAD_ID) == [EVENTS[0]]


def _throttled(self: object, *given: object) -> bool:
    raise StorageUnavailable("DynamoDB throttles")


def test_the_trail_is_kept_as_long_as_the_settings_say(facts: DynamoFacts) -> None:
    record(SQS["Records"][0]["body"])
    items = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    (expires,) = [int(item["expires_at"]["N"]) for item in items if item["sk"]["S"].startswith("TRAIL#")]
    assert expires - int(EVENTS[0].at.timestamp()) == 730 * 24 * 3600


@pytest.mark.parametrize("secret", [NEW, OLD])
def test_links_of_both_secrets_open_the_page_while_one_is_rotated(facts: DynamoFacts, secret: str) -> None:
    record(*(message["body"] for message in SQS["Records"]))
    answer = get(secret)
    assert answer["statusCode"] == 200
    assert "Nordlicht Foods" in answer["body"]
    assert get(secret, "/brief")["body"].startswith("<p>Opens a warehouse</p>")


def test_a_link_of_a_secret_that_is_gone_opens_nothing(facts: DynamoFacts) -> None:
    assert get("an-ancient-secret")["statusCode"] == 403


def test_the_command_line_gets_the_record_as_json(facts: DynamoFacts) -> None:
    record(*(message["body"] for message in SQS["Records"]))
    told = json.loads(get(NEW, accept="application/json")["body"])
    assert told["prep"]["state"] == "briefed"
    assert [event["type"] for event in told["events"]] == [event.type for event in EVENTS]


def test_without_the_secret_no_page_is_shown(facts: DynamoFacts) -> None:
    boto3.client("ssm").delete_parameter(Name=f"{PREFIX}/links")
    assert get(NEW)["statusCode"] == 500
