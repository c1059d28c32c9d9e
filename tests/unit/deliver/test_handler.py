"""A batch: what fails stays in the queue, what is done is done, and nothing personal is logged."""

from __future__ import annotations

import copy
import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from deliver import handler as module
from precall.errors import MailUnavailable
from tests.unit.deliver.world import CALL_AT, ROOT, SQS, World

ALL = [record["messageId"] for record in SQS["Records"]]


@dataclass
class Context:
    function_name: str = "deliver"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:deliver"
    aws_request_id: str = "request-1"


def wiring(world: World) -> Any:
    return SimpleNamespace(
        dispatch=world.dispatch,
        escalation=world.escalation,
        managers=world.managers,
        returned=world.returned,
        begin=lambda context: None,
    )


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World(now=CALL_AT - timedelta(minutes=30))
    monkeypatch.setattr(module, "bootstrap", lambda: wiring(world))
    return world


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    written = io.StringIO()
    kept = [(to, to.setStream(written)) for to in module.logger.handlers if isinstance(to, logging.StreamHandler)]
    yield written
    for to, stream in kept:
        to.setStream(stream or sys.stdout)


def left_in_the_queue(event: dict[str, Any]) -> list[str]:
    answer = module.handler(copy.deepcopy(event), Context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def with_body(body: str) -> dict[str, Any]:
    return {"Records": [SQS["Records"][0], {**SQS["Records"][1], "body": body}]}


def test_the_sample_batch_sends_a_brief_and_a_notice(world: World) -> None:
    assert left_in_the_queue(SQS) == []
    assert [mail.tags["kind"] for mail in world.mailer.sent] == ["brief", "notice"]


def test_cloudwatch_hears_how_long_before_the_call_and_which_research_failed(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    left_in_the_queue(SQS)
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"MinutesBeforeCall"' in line]
    assert told["MinutesBeforeCall"] == [30, 30]
    assert told["ResearchesFailed"] == [0, 1]


def test_when_all_fail_all_stay_and_the_function_does_not_raise(world: World) -> None:
    world.mailer.error = MailUnavailable("throttled")
    assert left_in_the_queue(SQS) == ALL


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '"text"',
        json.dumps({"detail": {}}),
        SQS["Records"][0]["body"].replace("brief.ready", "brief.written"),
        SQS["Records"][0]["body"].replace("brief.ready", "lead.acquired"),
    ],
)
def test_a_message_that_is_none_of_ours_stays_and_stops_no_other(world: World, body: str) -> None:
    assert left_in_the_queue(with_body(body)) == [ALL[1]]
    assert len(world.mailer.sent) == 1


def test_an_event_of_another_step_is_not_swallowed(world: World) -> None:
    audit = json.loads((ROOT / "events/audit_sqs.json").read_text())
    acquired = audit["Records"][0]["body"]
    assert left_in_the_queue(with_body(acquired)) == [ALL[1]]


def test_the_log_has_the_correlation_id_and_no_personal_data(world: World, log: io.StringIO) -> None:
    left_in_the_queue(SQS)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["correlation_id"] for line in lines if line["message"] == "brief.sent"] == [
        "1-67cf1a2b-5d0c4e8f9a7b6c3d2e1f0a9b",
        "1-67cf1a90-0f1e2d3c4b5a69788796a5b4",
    ]
    for personal in ("jonas", "Jonas", "Ada", "Nordlicht", "warehouse"):
        assert personal not in log.getvalue()


def test_the_log_says_why_a_message_stayed_without_its_content(world: World, log: io.StringIO) -> None:
    left_in_the_queue(with_body(SQS["Records"][1]["body"].replace('"step":"brief"', '"step":["Ada Berg"]')))
    (line,) = [json.loads(line) for line in log.getvalue().splitlines() if "stays in its queue" in line]
    assert "research.failed.step: string_type" in line["message"]
    assert "Ada" not in log.getvalue()


def test_a_defect_is_logged_without_the_document_that_caused_it(world: World, log: io.StringIO) -> None:
    key = next(key for key in world.documents.texts if key.endswith("brief.json"))
    world.documents.texts[key] = world.documents.texts[key].replace('"mentions_read":0', '"mentions_read":"Ada Berg"')
    assert left_in_the_queue(SQS) == [ALL[0]]
    assert "a defect" in log.getvalue()
    assert "mentions_read" in log.getvalue()
    assert "Ada" not in log.getvalue()
