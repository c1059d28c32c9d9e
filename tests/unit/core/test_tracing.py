"""What X-Ray's daemon gets, over a socket that is none."""

from __future__ import annotations

import json
import socket
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest
from aws_lambda_powertools import Tracer
from botocore.stub import Stubber

from precall.telemetry import telemetry
from precall.tracing import XRay

HEADER = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = []

    def sendto(data: bytes, address: tuple[str, int]) -> None:
        assert address == ("169.254.79.129", 2000)
        head, _, document = data.partition(b"\n")
        assert json.loads(head) == {"format": "json", "version": 1}
        documents.append(json.loads(document))

    monkeypatch.setattr(socket, "socket", lambda *_: SimpleNamespace(sendto=sendto))
    monkeypatch.setenv("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000")
    monkeypatch.setenv("_X_AMZN_TRACE_ID", HEADER)
    return documents


def traced(xray: XRay) -> Tracer:
    return Tracer(service="step", provider=xray, auto_patch=False, disabled=False)  # type: ignore[arg-type]


def test_an_invocation_is_a_subsegment_of_lambdas(sent: list[dict[str, Any]]) -> None:
    xray = XRay()

    @traced(xray).capture_lambda_handler(capture_response=False)
    def handler(event: object, context: object) -> str:
        xray.put_annotation("correlation_id", "c-1")
        return "done"

    assert handler({}, None) == "done"
    (document,) = sent
    assert document["name"] == "## handler"
    assert document["type"] == "subsegment"
    assert document["trace_id"] == "1-5759e988-bd862e3fe1be46a994272793"
    assert document["parent_id"] == "53995c3f42cd8ad8"
    assert document["annotations"]["correlation_id"] == "c-1"
    assert document["annotations"]["Service"] == "step"
    assert document["end_time"] >= document["start_time"]


def test_an_error_is_told_by_its_class_alone(sent: list[dict[str, Any]]) -> None:
    @traced(XRay()).capture_lambda_handler
    def handler(event: object, context: object) -> None:
        raise ValueError("ada@nordlicht.example")

    with pytest.raises(ValueError, match="ada"):
        handler({}, None)
    (document,) = sent
    assert document["fault"] is True
    assert document["cause"]["exceptions"][0]["type"] == "ValueError"
    assert "nordlicht" not in json.dumps(document)


def test_a_call_of_aws_is_a_subsegment_of_the_invocation(sent: list[dict[str, Any]]) -> None:
    xray, session = XRay(), botocore.session.Session()
    xray.watch(session)
    client: Any = session.create_client(
        "sqs", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )
    with Stubber(client) as stub, xray.in_subsegment("## handler"):
        stub.add_response("send_message", {"MessageId": "m-1"})
        client.send_message(QueueUrl="https://queue", MessageBody="body")
    called, invocation = sent
    assert called["name"] == "SQS"
    assert called["namespace"] == "aws"
    assert called["aws"]["operation"] == "SendMessage"
    assert called["http"]["response"]["status"] == 200
    assert called["parent_id"] == invocation["id"]
    assert "body" not in json.dumps(called)


@pytest.mark.parametrize(
    "environment",
    [
        {"_X_AMZN_TRACE_ID": HEADER.replace("Sampled=1", "Sampled=0")},
        {"_X_AMZN_TRACE_ID": ""},
        {"AWS_XRAY_DAEMON_ADDRESS": ""},
    ],
    ids=["not sampled", "no trace", "no daemon"],
)
def test_where_nobody_listens_nothing_is_sent(
    sent: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with XRay().in_subsegment("## handler"):
        pass
    assert sent == []


def test_a_daemon_that_is_gone_stops_no_work(monkeypatch: pytest.MonkeyPatch, sent: list[dict[str, Any]]) -> None:
    monkeypatch.setenv("AWS_XRAY_DAEMON_ADDRESS", "nowhere")
    with XRay().in_subsegment("## handler"):
        pass
    assert sent == []


def test_a_steps_tracer_needs_neither_lambda_nor_the_sdk() -> None:
    _, tracer, _ = telemetry("step")

    @tracer.capture_lambda_handler(capture_response=False)
    def handler(event: object, context: object) -> str:
        return "done"

    assert handler({}, None) == "done"
