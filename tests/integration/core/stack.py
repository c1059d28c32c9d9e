"""The parts of the template that tests against moto need: the table, the bucket, the bus with a queue behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import boto3
import pytest
from moto import mock_aws

REGION: Final = "eu-central-1"
TABLE, BUCKET, BUS, PREFIX = "facts", "documents", "precall", "/precall"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "STAGE": "development",
    "TABLE_NAME": TABLE,
    "BUCKET_NAME": BUCKET,
    "BUS_NAME": BUS,
    "SECRETS_PREFIX": PREFIX,
    "POST_URL": "https://sqs.eu-central-1.amazonaws.com/123456789012/post",
    "PUBLIC_URL": "https://api.example/live",
}


@contextmanager
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """moto with an empty table and bucket, and the environment that the template gives a function."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        _create_table()
        boto3.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        yield


def queue_behind_the_bus() -> str:
    """Creates the bus, and a queue that gets all of Precall's events; the queue's URL."""
    events, sqs = boto3.client("events"), boto3.client("sqs")
    queue = sqs.create_queue(QueueName="audit")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name=BUS)
    events.put_rule(Name="all", EventBusName=BUS, EventPattern=json.dumps({"source": ["precall"]}))
    events.put_targets(Rule="all", EventBusName=BUS, Targets=[{"Id": "audit", "Arn": arn}])
    return queue


def bodies(queue: str) -> list[str]:
    """What the queue got since the last call."""
    answer = boto3.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", [])]


def _create_table() -> None:
    boto3.client("dynamodb").create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
    )
