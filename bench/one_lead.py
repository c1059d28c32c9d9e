"""One lead through every deployed handler, in one process on moto: what each step asks of AWS and of its processor.

Events travel as the template's rules say. moto's own work is taken out of the times; in its place stands what a call of
AWS usually takes. Sources are those of the replay web, a process of its own.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import boto3
import httpx
from botocore.client import BaseClient
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from bench import template
from cli.demo import world_lead
from cli.stack import local_config
from cli.webhook import signed
from precall.clock import utc_now
from precall.config_store import ConfigStore
from precall.documents import S3Documents
from precall.fetch.manners.policies import policy_for

REGION = "us-east-1"
CALL_SECONDS = 0.008
"""What one call of DynamoDB, S3 or EventBridge usually takes inside a region."""
_SECRET = "whsec_" + "bXktb3duLXNlY3JldC1mb3ItYmVuY2hlcw=="
_NAMES = {
    "TABLE_NAME": "table",
    "BUCKET_NAME": "bucket",
    "BUS_NAME": "bus",
    "SECRETS_PREFIX": "/precall",
    "SCHEDULE_GROUP": "calls",
    "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/schedules",
    "DUE_QUEUE_ARN": f"arn:aws:sqs:{REGION}:123456789012:deliver",
    "WAITED_QUEUE_ARN": f"arn:aws:sqs:{REGION}:123456789012:distribute",
}
_BEFORE, _COMPANY = "drosselby", "tarnmoor"
_OUTSIDE = frozenset({"CollectFunction"})
"""Who asks the replay web: a lead of the generic webhook is read back from no CRM, and written back to none."""
_RESEARCH = ("CollectFunction", "RankFunction", "BriefFunction")


@dataclass
class Use:
    """What one invocation used. Seconds of processor, of waiting for others; calls of AWS by service and operation."""

    processor: float = 0
    waiting: float = 0
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    written: int = 0
    """Kilobytes that DynamoDB was given, each item rounded up: write request units."""


@dataclass
class Lead:
    """A whole lead: its invocations by function, its events, and its requests to the outside by rate-limit bucket."""

    uses: dict[str, list[Use]] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    invoked: dict[str, Any] = field(default_factory=dict)
    """The event that each function was called with first."""


class _Meter:
    """Counts what happens between AWS and one invocation."""

    def __init__(self) -> None:
        self.use = Use()
        self._moto_wall = self._moto_processor = 0.0

    def call(self, real: Callable[..., Any], client: BaseClient, operation: str, arguments: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        self.use.calls[service, operation] += 1
        if service == "dynamodb":
            self.use.written += _units(operation, arguments)
        return real(client, operation, arguments)

    def moto(self, real: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        wall, processor = time.perf_counter(), time.thread_time()
        try:
            return real(*arguments, **named)
        finally:
            self._moto_wall += time.perf_counter() - wall
            self._moto_processor += time.thread_time() - processor

    @contextmanager
    def measuring(self, asks_outside: bool) -> Iterator[None]:
        """Who asks nobody but AWS waits for its calls alone: what passes besides is other work of this machine."""
        wall, processor = time.perf_counter(), time.process_time()
        yield
        self.use.processor = max(0.0, time.process_time() - processor - self._moto_processor)
        passed = time.perf_counter() - wall - self._moto_wall
        outside = max(0.0, passed - self.use.processor) if asks_outside else 0.0
        self.use.waiting = outside + CALL_SECONDS * self.use.calls.total()


class World:
    """The template's parts on moto, and the handlers as deployed."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        given = {**_NAMES, "STAGE": "development", "REPLAY_ORIGIN": origin, "POWERTOOLS_TRACE_DISABLED": "true"}
        self.functions = template.functions({**given, "PUBLIC_URL": "https://precall.example/live"})
        self._heard = template.listeners(self.functions)
        self._queue = _resources()

    def lead(self, company: str = _COMPANY) -> Lead:
        """Send one about a company of the replay web, to be called soon, and follow all its events to the end."""
        done, before = Lead(), len(self._log())
        self._invoke(done, "IntakeFunction", webhook(self.payload(company)))
        waiting = deque(self._told())
        while waiting:
            event = waiting.popleft()
            kind, detail = event["detail-type"], event["detail"]
            done.events.append(kind)
            for name in (*self._heard.get(kind, ()), *self._heard.get("*", ())):
                self._invoke(done, name, _queued(event))
            if kind == "lead.assigned":
                for name in _RESEARCH:
                    self._invoke(done, name, detail)
            waiting.extend(self._told())
        done.asked = Counter(_bucket(entry) for entry in self._log()[before:])
        return done

    def payload(self, company: str = _COMPANY) -> dict[str, Any]:
        """What a CRM tells of one."""
        return world_lead(company, call_at=(utc_now() + timedelta(minutes=40)).isoformat())

    def _invoke(self, done: Lead, name: str, event: Any) -> None:
        function, meter = self.functions[name], _Meter()
        module, _, attribute = function.handler.rpartition(".")
        handler = getattr(importlib.import_module(module), attribute)
        context = SimpleNamespace(
            function_name=name, memory_limit_in_mb=function.memory, aws_request_id="request",
            invoked_function_arn=f"arn:aws:lambda:{REGION}:123456789012:function:{name}",
            get_remaining_time_in_millis=lambda: 30_000,
        )  # fmt: skip
        with patch.dict(os.environ, function.environment), _metered(meter), meter.measuring(name in _OUTSIDE):
            answer = handler(event, context)
        _check(name, answer)
        done.uses.setdefault(name, []).append(meter.use)
        done.invoked.setdefault(name, event)

    def _told(self) -> list[dict[str, Any]]:
        sqs, told = boto3.client("sqs", region_name=REGION), []
        while found := sqs.receive_message(QueueUrl=self._queue, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                told.append({"account": "123456789012", **json.loads(message["Body"])})
                sqs.delete_message(QueueUrl=self._queue, ReceiptHandle=message["ReceiptHandle"])
        return told

    def _log(self) -> list[dict[str, Any]]:
        log: list[dict[str, Any]] = httpx.get(f"{self._origin}/_replay/log", trust_env=False).json()
        return log


def measured(latency_ms: int) -> tuple[World, Lead]:
    """A first lead of its account in processes that have worked before; sources answer after `latency_ms`."""
    with mock_aws(), world(latency_ms) as made:
        made.lead(_BEFORE)
        return made, made.lead()


@contextmanager
def world(latency_ms: int = 0, **environment: str) -> Iterator[World]:
    """A world whose sources answer after `latency_ms`, on the AWS that `environment` or a mock leads to."""
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": REGION}
    quiet = {"LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
    with _replay_web(latency_ms) as origin, patch.dict(os.environ, {**keys, **quiet, **environment}):
        yield World(origin)


@contextmanager
def _replay_web(latency_ms: int) -> Iterator[str]:
    command = [sys.executable, "-m", "replay", "--latency-ms", str(latency_ms)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PRECALL_DATA": ""}
    ) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def _metered(meter: _Meter) -> Iterator[None]:
    call: Callable[..., Any] = BaseClient._make_api_call  # type: ignore[attr-defined]
    moto = BotocoreStubber.__call__
    with (
        patch.object(BaseClient, "_make_api_call", lambda *given: meter.call(call, *given)),
        patch.object(BotocoreStubber, "__call__", lambda *given, **named: meter.moto(moto, *given, **named)),
    ):
        yield


def _resources() -> str:
    """Makes them; the address of a queue that hears every event."""
    boto3.client("dynamodb").create_table(TableName=_NAMES["TABLE_NAME"], **template.table())
    boto3.client("s3").create_bucket(Bucket=_NAMES["BUCKET_NAME"])
    config = local_config()
    ConfigStore(S3Documents(boto3.client("s3"), _NAMES["BUCKET_NAME"])).push(config)
    boto3.client("sesv2").create_email_identity(EmailIdentity=config.sender)
    for name, value in {"webhooks/generic": _SECRET, "links": "a-secret-for-links-of-the-benches"}.items():
        boto3.client("ssm").put_parameter(Name=f"/precall/{name}", Value=value, Type="SecureString")
    boto3.client("scheduler").create_schedule_group(Name=_NAMES["SCHEDULE_GROUP"])
    events, sqs = boto3.client("events"), boto3.client("sqs")
    queue = sqs.create_queue(QueueName="all")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name=_NAMES["BUS_NAME"])
    events.put_rule(Name="all", EventBusName=_NAMES["BUS_NAME"], EventPattern=json.dumps({"source": ["precall"]}))
    events.put_targets(Rule="all", EventBusName=_NAMES["BUS_NAME"], Targets=[{"Id": "all", "Arn": arn}])
    return queue


def webhook(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What API Gateway brings: `payload`, signed now."""
    event: dict[str, Any] = json.loads((template.PATH.parent / "events/webhook_generic.json").read_text())
    headers, body = signed(_SECRET, payload)
    kept = {name: value for name, value in event["headers"].items() if not name.startswith("webhook-")}
    many = {name: [value] for name, value in {**kept, **headers}.items()}
    return {**event, "headers": {**kept, **headers}, "multiValueHeaders": many, "body": body.decode()}


def _queued(event: dict[str, Any]) -> dict[str, Any]:
    record = {
        "messageId": event["id"], "receiptHandle": "r", "body": json.dumps(event),
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {}, "md5OfBody": "", "eventSource": "aws:sqs", "awsRegion": REGION,
        "eventSourceARN": f"arn:aws:sqs:{REGION}:123456789012:queue",
    }  # fmt: skip
    return {"Records": [record]}


def _check(name: str, answer: Any) -> None:
    if isinstance(answer, dict) and (answer.get("batchItemFailures") or answer.get("statusCode", 200) >= 400):
        raise RuntimeError(f"{name} failed: {answer}")


def _bucket(entry: Mapping[str, Any]) -> str:
    return policy_for(httpx.URL(f"https://{entry['host']}{entry['path']}"))[0]


def _units(operation: str, arguments: Mapping[str, Any]) -> int:
    """A write of up to 1 KB is a unit; an update is taken for as large as what it sets."""
    if operation not in {"PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"}:
        return 0
    size = len(json.dumps(arguments, default=str))
    return -(-size // 1024) * (2 if operation == "TransactWriteItems" else 1)
