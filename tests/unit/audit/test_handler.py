"""The two functions: what is recorded, what is answered, what is never logged."""

from __future__ import annotations

import copy
import io
import json
import logging
import sys
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from audit import handler as module
from audit import routes
from audit.beacon import with_beacon
from audit.instruments import logger
from audit.recorder import Recorder
from precall.again import FIRST, Again
from precall.config import parse_config
from precall.errors import InvalidConfiguration, StorageUnavailable
from tests.fakes import FakeSqs
from tests.unit.audit.world import BRIEF_PAGE, EVENTS, GET, LEAD_ID, ROOT, SQS, TOKEN, World

CONTEXT: Any = SimpleNamespace(
    function_name="audit", memory_limit_in_mb=512, invoked_function_arn="arn:aws:lambda", aws_request_id="r-1"
)
CONFIG = parse_config((ROOT / "precall.example.yaml").read_text())
ALL = [record["messageId"] for record in SQS["Records"]]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(
        module, "recorder", lambda: Recorder(world.facts, world.calls, world.touches, lambda: CONFIG, lambda: world.now)
    )
    monkeypatch.setattr(routes, "pages", lambda: world.pages)
    monkeypatch.setattr(routes, "brief_page", lambda: world.brief_page)
    monkeypatch.setattr(routes, "sign_in", lambda: SimpleNamespace(person=lambda secret: None))
    return world


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    written = io.StringIO()
    kept = [(to, to.setStream(written)) for to in logger.handlers if isinstance(to, logging.StreamHandler)]
    yield written
    for to, stream in kept:
        to.setStream(stream or sys.stdout)


def left_in_the_queue(event: dict[str, Any]) -> list[str]:
    answer = module.record(copy.deepcopy(event), CONTEXT)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def get(token: str | None, path: str = f"/leads/{LEAD_ID}", accept: str = "text/html") -> dict[str, Any]:
    event = copy.deepcopy(GET)
    event |= {"path": path, "headers": {**event["headers"], "Accept": accept}}
    event["multiValueHeaders"]["Accept"] = [accept]
    event["queryStringParameters"] = {"token": token} if token is not None else None
    event["multiValueQueryStringParameters"] = {"token": [token]} if token is not None else None
    return dict(module.pages(event, CONTEXT))


def test_every_event_of_the_sample_is_on_the_trail_once_however_often_it_comes(world: World) -> None:
    world.nothing_happened()
    assert left_in_the_queue(SQS) == []
    assert left_in_the_queue(SQS) == []
    assert world.facts.trail(LEAD_ID) == EVENTS


@pytest.mark.parametrize(
    "body", ["", "{", "null", '{"detail":{}}', SQS["Records"][1]["body"].replace("lead.assigned", "lead.lost")]
)
def test_what_is_no_event_stays_in_the_queue_and_stops_no_other(world: World, log: io.StringIO, body: str) -> None:
    world.nothing_happened()
    records = [SQS["Records"][0], {**SQS["Records"][1], "body": body}, *SQS["Records"][2:]]
    assert left_in_the_queue({"Records": records}) == [ALL[1]]
    assert len(world.facts.trail(LEAD_ID)) == len(EVENTS) - 1
    assert "a message without an event of Precall" in log.getvalue()


def test_when_the_table_is_down_everything_stays_and_comes_again_soon(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> bool:
        raise StorageUnavailable("DynamoDB did not serve it")

    sqs: Any = FakeSqs()
    monkeypatch.setattr(module, "again", lambda: Again(sqs, "https://queue.example/audit"))
    monkeypatch.setattr(world.facts, "append", down)
    assert left_in_the_queue(SQS) == ALL
    assert sqs.waits == [FIRST] * len(ALL)


def test_what_no_other_try_can_mend_waits_for_the_queue(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sqs: Any = FakeSqs()
    monkeypatch.setattr(module, "again", lambda: Again(sqs, "https://queue.example/audit"))
    assert left_in_the_queue({"Records": [{**SQS["Records"][0], "body": "{"}]}) == ALL[:1]
    assert sqs.waits == []


def test_the_sample_request_is_answered_with_the_page(world: World) -> None:
    answer = get(TOKEN)
    assert answer["statusCode"] == 200
    assert answer["multiValueHeaders"]["Content-Type"] == ["text/html; charset=utf-8"]
    assert answer["multiValueHeaders"]["Referrer-Policy"] == ["no-referrer"]
    assert "Nordlicht Foods" in answer["body"]


def test_the_brief_has_its_own_route(world: World) -> None:
    assert get(TOKEN, f"/leads/{LEAD_ID}/brief")["body"] == with_beacon(BRIEF_PAGE)


def test_a_form_of_the_brief_is_taken_at_its_own_address(world: World) -> None:
    event = {**GET, "httpMethod": "POST", "path": f"/leads/{LEAD_ID}/brief", "body": "action=acknowledge"}
    event |= {"queryStringParameters": {"token": TOKEN}, "multiValueQueryStringParameters": {"token": [TOKEN]}}
    assert module.pages(event, CONTEXT)["statusCode"] == 200
    assert [told.type for told in world.bus.events] == ["brief.acknowledged"]


@pytest.mark.parametrize("token", [None, "", "x"])
def test_without_a_good_token_there_is_nothing(world: World, token: str | None) -> None:
    answer = get(token)
    assert answer["statusCode"] == 403
    assert "Nordlicht" not in answer["body"]


@pytest.mark.parametrize(
    ("accept", "json_asked"),
    [
        ("application/json", True),
        ("application/json, */*;q=0.1", True),
        ("text/html,application/xhtml+xml,application/json;q=0.5", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_json_for_who_asks_for_json_only(world: World, accept: str, json_asked: bool) -> None:
    answer = get(TOKEN, accept=accept)
    assert answer["multiValueHeaders"]["Content-Type"][0].startswith("application/json") == json_asked
    if json_asked:
        assert len(json.loads(answer["body"])["events"]) == len(EVENTS)


def test_a_request_without_any_headers_is_answered(world: World) -> None:
    event = {**copy.deepcopy(GET), "headers": None, "multiValueHeaders": None}
    event |= {"queryStringParameters": None, "multiValueQueryStringParameters": None}
    assert module.pages(event, CONTEXT)["statusCode"] == 403


def test_a_defect_is_a_page_and_a_line_in_the_log(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unset() -> Any:
        raise InvalidConfiguration("the secret /precall/links cannot be read")

    monkeypatch.setattr(routes, "pages", unset)
    answer = get(TOKEN)
    assert answer["statusCode"] == 500
    assert "Something is broken" in answer["body"]
    assert "/precall/links" in log.getvalue()
    assert "/precall/links" not in answer["body"]


def test_the_token_is_never_logged(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    get(TOKEN)
    get(TOKEN + "x")
    monkeypatch.setattr(routes, "pages", lambda: 1 / 0)
    get(TOKEN)
    written = log.getvalue() + "".join(capfd.readouterr())
    assert "ZeroDivisionError" in written
    assert TOKEN not in written
    assert TOKEN.split(".")[-1] not in written
