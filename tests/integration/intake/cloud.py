"""moto's AWS as the template makes it: table, bucket with settings, bus with a queue per rule, secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from precall.config import parse_config
from precall.config_store import ConfigStore
from precall.documents import S3Documents

REGION: Final = "eu-central-1"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "STAGE": "production",
    "TABLE_NAME": "facts",
    "BUCKET_NAME": "documents",
    "BUS_NAME": "precall",
    "SECRETS_PREFIX": "/precall",
}
SETTINGS = """
reps:
  - { name: Dana Whitlock, email: dana@seller.example, crm_owner: "501" }
  - { name: Jonas Ferber, email: jonas@seller.example, time_zone: Europe/Vienna }
seller: { name: Loftgrid }
sender: briefs@seller.example
"""


class Cloud:
    """What a test looks at, and the troubles that it can make."""

    def __init__(self) -> None:
        self.table = boto3.resource("dynamodb").create_table(
            TableName="facts",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        )
        self.s3 = boto3.client("s3")
        self.s3.create_bucket(Bucket="documents", CreateBucketConfiguration={"LocationConstraint": REGION})
        ConfigStore(S3Documents(self.s3, "documents")).push(parse_config(SETTINGS))
        self.queues = {
            kind: _queue(kind)
            for kind in ("lead.acquired", "lead.assigned", "lead.rejected", "read_back.failed", "call.moved")
        }

    def secret(self, name: str, value: str) -> None:
        boto3.client("ssm").put_parameter(Name=f"/precall/{name}", Value=value, Type="SecureString")

    def items(self, sk: str) -> list[dict[str, Any]]:
        return [item for item in self.table.scan(ConsistentRead=True)["Items"] if item["sk"] == sk]

    def documents(self, prefix: str) -> list[Any]:
        found = self.s3.list_objects_v2(Bucket="documents", Prefix=prefix).get("Contents", [])
        return [json.load(self.s3.get_object(Bucket="documents", Key=one["Key"])["Body"]) for one in found]

    def messages(self, kind: str) -> list[str]:
        """The bodies in the queue behind the rule for events of `kind`, taken out."""
        sqs, bodies = boto3.client("sqs"), list[str]()
        while found := sqs.receive_message(QueueUrl=self.queues[kind], MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                sqs.delete_message(QueueUrl=self.queues[kind], ReceiptHandle=message["ReceiptHandle"])
                bodies.append(
                    json.dumps({"account": "123456789012", **json.loads(message["Body"])})
                )  # moto leaves it out
        return bodies

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [json.loads(body)["detail"] for body in self.messages(kind)]

    @contextmanager
    def without(self, service: str) -> Iterator[None]:
        """AWS as it is while one service (`events`, `dynamodb`, …) fails."""
        answer = BotocoreStubber.__call__

        def failing(stubber: BotocoreStubber, event_name: str, request: Any, **more: Any) -> Any:
            if f"{service}.{REGION}." in request.url:
                raise EndpointConnectionError(endpoint_url=f"https://{service}.test")
            return answer(stubber, event_name, request, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BotocoreStubber, "__call__", failing)
            yield


@contextmanager
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws(), one_request_at_a_time():
        yield Cloud()


@contextmanager
def one_request_at_a_time() -> Iterator[None]:
    """DynamoDB serialises the writes of an item; moto, asked by several threads, does not."""
    lock, answer = Lock(), BotocoreStubber.__call__

    def serialised(*args: Any, **kwargs: Any) -> Any:
        with lock:
            return answer(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BotocoreStubber, "__call__", serialised)
        yield


def _queue(kind: str) -> str:
    """A queue behind the bus's rule for events of `kind`."""
    events, sqs = boto3.client("events"), boto3.client("sqs")
    if "precall" not in {bus["Name"] for bus in events.list_event_buses()["EventBuses"]}:
        events.create_event_bus(Name="precall")
    name = kind.replace(".", "-")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    pattern = json.dumps({"source": ["precall"], "detail-type": [kind]})
    events.put_rule(Name=name, EventBusName="precall", EventPattern=pattern)
    events.put_targets(Rule=name, EventBusName="precall", Targets=[{"Id": name, "Arn": arn}])
    return url
