"""Which statement allows which call: `bench policies` is only as good as this."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bench.permissions import PLACE, Need, needs, statements
from bench.policies import _idle
from bench.proxy import Call

TABLE = f"arn:aws:dynamodb:{PLACE}:table/facts"
ON_LEADS = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["LEAD#*", "RATE#*"]}}
ROLE = "arn:aws:iam::000000000000:role/r"


def call(service: str, target: str = "/", method: str = "POST", operation: str = "", **body: Any) -> Call:
    signed = f"AWS4-HMAC-SHA256 Credential=ASIA/20261201/us-east-1/{service}/aws4_request, SignedHeaders=host"
    headers = {"authorization": signed, "x-amz-target": f"X.{operation}"}
    return Call("f", method, target, headers, json.dumps(body).encode())


def on_table(operation: str, *keys: str) -> Need:
    return Need(f"dynamodb:{operation}", TABLE, (("dynamodb:LeadingKeys", keys),))


def allowing(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": TABLE, **more}


READ = call("dynamodb", operation="GetItem", TableName="facts", Key={"pk": {"S": "LEAD#1"}})
QUERY = call(
    "dynamodb",
    operation="Query",
    TableName="facts",
    KeyConditionExpression="(#n0 = :v0 AND begins_with(#n1, :v1))",
    ExpressionAttributeNames={"#n0": "pk", "#n1": "sk"},
    ExpressionAttributeValues={":v0": {"S": "FEEDBACK"}, ":v1": {"S": "x"}},
)
TRANSACTION = call(
    "dynamodb",
    operation="TransactWriteItems",
    TransactItems=[
        {"Put": {"TableName": "facts", "Item": {"pk": {"S": "LEAD#1"}}}},
        {"ConditionCheck": {"TableName": "facts", "Key": {"pk": {"S": "LEAD#2"}}}},
    ],
)
ABSENT = call("s3", "/documents/config/precall.json?x-id=GetObject", "GET")
GONE = replace(
    call("s3", "/documents?delete"),
    body=b"<Delete><Object><Key>cache/a&amp;b</Key></Object><Object><Key>cache/c</Key></Object></Delete>",
)
SCHEDULE = call("scheduler", "/schedules/a", Target={"RoleArn": ROLE})
TWO_EVENTS = call("events", operation="PutEvents", Entries=[{"EventBusName": "precall"}] * 2)
MESSAGE = call("sqs", operation="SendMessage", QueueUrl="http://localhost/0/post")


@pytest.mark.parametrize(
    ("made", "status", "wanted"),
    [
        (READ, 200, [on_table("GetItem", "LEAD#1")]),
        (GONE, 200, [Need("s3:DeleteObject", f"arn:aws:s3:::documents/cache/{name}") for name in ("a&b", "c")]),
        (QUERY, 200, [on_table("Query", "FEEDBACK")]),
        (TRANSACTION, 200, [on_table("PutItem", "LEAD#1"), on_table("ConditionCheckItem", "LEAD#2")]),
        (
            ABSENT,
            404,
            [
                Need("s3:GetObject", "arn:aws:s3:::documents/config/precall.json"),
                Need("s3:ListBucket", "arn:aws:s3:::documents"),
            ],
        ),
        (
            SCHEDULE,
            200,
            [
                Need("scheduler:CreateSchedule", "*"),
                Need("iam:PassRole", ROLE, (("iam:PassedToService", ("scheduler.amazonaws.com",)),)),
            ],
        ),
        (TWO_EVENTS, 200, [Need("events:PutEvents", f"arn:aws:events:{PLACE}:event-bus/precall")]),
        (MESSAGE, 200, [Need("sqs:SendMessage", f"arn:aws:sqs:{PLACE}:post")]),
    ],
    ids=["read", "gone", "query", "transaction", "absent", "schedule", "events", "message"],
)
def test_what_a_call_needs(made: Call, status: int, wanted: list[Need]) -> None:
    assert list(needs(made, status)) == wanted


def test_a_call_of_an_unknown_service_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="kms"):
        list(needs(call("kms"), 200))


def test_a_statement_allows_its_actions_on_its_resources_for_its_keys() -> None:
    (one,) = statements({"Statement": allowing("dynamodb:UpdateItem", Condition=ON_LEADS)})
    assert one.allows(on_table("UpdateItem", "LEAD#1"))
    assert not one.allows(on_table("UpdateItem", "LEAD#1", "ACCOUNT#2"))
    assert not one.allows(on_table("PutItem", "LEAD#1"))
    assert not one.allows(Need("dynamodb:UpdateItem", f"{TABLE}-other"))


def test_an_action_that_another_statement_allows_too_is_not_needed() -> None:
    wide = allowing("dynamodb:UpdateItem", Sid="Wide")
    narrow = allowing("dynamodb:UpdateItem", Sid="Narrow", Condition=ON_LEADS)
    asked = {on_table("UpdateItem", "LEAD#1")}
    assert list(_idle("F", list(statements({"Statement": [wide]})), asked)) == []
    both = list(statements({"Statement": [wide, narrow]}))
    assert list(_idle("F", both, asked)) == ["Wide dynamodb:UpdateItem", "Narrow dynamodb:UpdateItem"]
    assert list(_idle("F", both, asked | {on_table("UpdateItem", "TEAM")})) == ["Narrow dynamodb:UpdateItem"]


def test_an_action_that_nobody_asked_for_is_not_needed() -> None:
    held = list(statements({"Statement": allowing("dynamodb:GetItem", "dynamodb:DeleteItem", Sid="Facts")}))
    assert list(_idle("F", held, {on_table("GetItem", "LEAD#1")})) == ["Facts dynamodb:DeleteItem"]
