"""One Lambda environment of `bench intake`: a process with the handler, wired as it is when deployed."""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from aws_lambda_powertools.utilities.typing import LambdaContext

from cli.home import ROOT
from precall.config_store import ConfigStore
from precall.crm.hubspot.signature import signature_v3
from precall.documents import S3Documents
from precall.secrets import HUBSPOT_CLIENT

SECRET = "bench-client-secret"  # noqa: S105 - of an emulator that lives for a minute
_SAMPLE = ROOT / "events" / "webhook_hubspot.json"


@dataclass(frozen=True)
class Batch:
    """100 events, of which the first `new` tell of contacts from number `first` on."""

    first: int
    new: int

    @property
    def contacts(self) -> range:
        """The numbers of the contacts that make leads."""
        return range(self.first, self.first + self.new)


@dataclass(frozen=True)
class Answered:
    """The status, seconds since the request was due, CPU seconds, ids of the leads that went onto the bus."""

    status: int
    seconds: float
    cpu: float
    published: tuple[str, ...]


def environment(port: int) -> dict[str, str]:
    """What the template gives the function, with the emulator on `port` for AWS."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "STAGE": "production",
        "TABLE_NAME": "facts",
        "BUCKET_NAME": "documents",
        "BUS_NAME": "precall",
        "SECRETS_PREFIX": "/precall",
        "LOG_LEVEL": "ERROR",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
    }


def prepare(values: Mapping[str, str]) -> None:
    """The table, the bucket with the settings, the bus and the secret."""
    from cli.stack import local_config

    keys = [("pk", "HASH"), ("sk", "RANGE")]
    _client("dynamodb", values).create_table(
        TableName=values["TABLE_NAME"],
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
    )
    s3 = _client("s3", values)
    s3.create_bucket(Bucket=values["BUCKET_NAME"])
    ConfigStore(S3Documents(s3, values["BUCKET_NAME"])).push(local_config())
    _client("events", values).create_event_bus(Name=values["BUS_NAME"])
    _client("ssm", values).put_parameter(Name=f"/precall/{HUBSPOT_CLIENT}", Value=SECRET, Type="SecureString")


def start(values: Mapping[str, str]) -> None:
    """Make this process an environment, and warm."""
    os.environ.update(values)
    _handle(_event([]))


def answer(batch: Batch, due: float) -> Answered:
    """Take one delivery; `due` is when it should have been sent (seconds since 1970)."""
    from intake import bootstrap

    cpu = time.process_time()
    event = _event(events(batch))
    bus = bootstrap.bootstrap().intake.bus
    published: list[str] = []
    real = bus.publish

    @functools.wraps(real)
    def counting(*told: Any) -> None:
        real(*told)
        published.extend(one.lead_id for one in told)

    bus.publish = counting  # type: ignore[method-assign]
    try:
        status = _handle(event)["statusCode"]
    finally:
        bus.publish = real  # type: ignore[method-assign]
    return Answered(status, time.time() - due, time.process_time() - cpu, tuple(published))


def leads_stored(values: Mapping[str, str], plan: Sequence[Batch]) -> set[int]:
    """The numbers of the contacts in the plan's range of whom a published lead is stored; -1 stands for a second."""
    lowest, highest = min(batch.first for batch in plan), max(batch.first for batch in plan) + 100
    pages = _client("dynamodb", values).get_paginator("scan").paginate(TableName=values["TABLE_NAME"])
    found: list[int] = []
    for page in pages:
        for item in (one for one in page["Items"] if one["sk"]["S"] == "LEAD"):
            contact = int(json.loads(item["doc"]["S"])["crm_id"])
            if lowest <= contact < highest and item["published"]["BOOL"]:
                found.append(contact)
    return set(found) | ({-1} if len(found) != len(set(found)) else set())


def events(batch: Batch) -> list[dict[str, Any]]:
    """The events of a delivery."""
    created = [_happened("contact.creation", contact) for contact in batch.contacts]
    changes = [
        {**_happened("contact.propertyChange", batch.first + index), "propertyName": "jobtitle", "propertyValue": "COO"}
        for index in range(100 - batch.new)
    ]
    return created + changes


def _happened(kind: str, contact: int) -> dict[str, Any]:
    return {
        "eventId": contact,
        "subscriptionId": 12345,
        "portalId": 62515,
        "appId": 54321,
        "occurredAt": int(time.time() * 1000),
        "subscriptionType": kind,
        "attemptNumber": 0,
        "objectId": contact,
        "changeFlag": "NEW",
        "changeSource": "CRM",
    }


@functools.cache
def _sample() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(_SAMPLE).read_text())
    return found


def _event(told: list[dict[str, Any]]) -> dict[str, Any]:
    """The request as API Gateway hands it over, signed now."""
    sample, body, timestamp = _sample(), json.dumps(told), str(int(time.time() * 1000))
    context = sample["requestContext"]
    url = f"https://{context['domainName']}{context['path']}"
    signed = {
        "X-HubSpot-Request-Timestamp": timestamp,
        "X-HubSpot-Signature-v3": signature_v3(SECRET, "POST", url, body.encode(), timestamp),
    }
    headers = {**sample["headers"], **signed}
    return {**sample, "body": body, "headers": headers, "multiValueHeaders": {k: [v] for k, v in headers.items()}}


def _handle(event: dict[str, Any]) -> dict[str, Any]:
    from intake.handler import handler

    answered: dict[str, Any] = handler(event, _Context())
    return answered


def _client(service: str, values: Mapping[str, str]) -> Any:
    return boto3.client(  # type: ignore[call-overload]
        service,
        endpoint_url=values["AWS_ENDPOINT_URL"],
        region_name=values["AWS_DEFAULT_REGION"],
        aws_access_key_id=values["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=values["AWS_SECRET_ACCESS_KEY"],
    )


class _Context(LambdaContext):
    """What Powertools' logger looks at."""

    _function_name = "intake"
    _memory_limit_in_mb = 1024
    _invoked_function_arn = "arn:aws:lambda:us-east-1:000000000000:function:intake"
    _aws_request_id = "bench"
