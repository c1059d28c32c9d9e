"""Values of Python in DynamoDB, as boto3's resource has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import boto3
import pytest
from boto3.dynamodb.conditions import Key
from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from precall.clients import Clients
from precall.table import from_dynamo, to_dynamo

NUMBERS = st.integers(-(10**30), 10**30)
PLAIN = st.none() | st.booleans() | NUMBERS | st.text() | st.binary()
SETS = st.sets(st.text(min_size=1), min_size=1) | st.sets(NUMBERS, min_size=1)
VALUES = st.recursive(PLAIN | SETS, lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner))


@given(VALUES)
def test_it_is_kept_as_boto3_keeps_it(value: Any) -> None:
    kept: Any = to_dynamo(value)
    assert _sorted(kept) == _sorted(TypeSerializer().serialize(value))
    assert from_dynamo(kept) == TypeDeserializer().deserialize(kept)


@pytest.mark.parametrize("value", [1.5, object(), set(), {"a", 1}, {None}, [1.5]])
def test_what_dynamodb_does_not_keep_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        to_dynamo(value)


def test_bytes_come_as_bytes() -> None:
    assert from_dynamo(to_dynamo(b"\x00\xff")) == b"\x00\xff"


@mock_aws
def test_a_table_does_what_boto3s_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    keys: Any = [("pk", "HASH"), ("sk", "RANGE")]
    boto3.client("dynamodb").create_table(
        TableName="facts",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
    )
    table = Clients().table("facts")
    item = {"pk": "a", "sk": "1", "count": 3, "tags": {"x", "y"}, "inside": {"list": [True, None]}}
    table.put_item(Item=item)
    assert table.get_item(Key={"pk": "a", "sk": "1"})["Item"] == {**item, "count": Decimal(3)}
    table.meta.client.transact_write_items(
        TransactItems=[{"Put": {"TableName": table.name, "Item": {"pk": "a", "sk": str(n), "n": n}}} for n in (2, 3)]
    )
    updated = table.update_item(
        Key={"pk": "a", "sk": "2"},
        UpdateExpression="ADD n :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    assert updated["Attributes"] == {"n": Decimal(3)}
    with pytest.raises(table.meta.client.exceptions.ConditionalCheckFailedException):
        table.put_item(Item=item, ConditionExpression="attribute_not_exists(pk)")
    with pytest.raises(table.meta.client.exceptions.TransactionCanceledException) as refused:
        table.meta.client.transact_write_items(
            TransactItems=[
                {
                    "Put": {
                        "TableName": table.name,
                        "Item": item,
                        "ConditionExpression": "attribute_not_exists(pk)",
                        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                    }
                }
            ]
        )
    assert refused.value.response["CancellationReasons"][0]["Code"] == "ConditionalCheckFailed"
    pages = table.meta.client.get_paginator("query").paginate(
        TableName=table.name,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": "a"},
        PaginationConfig={"PageSize": 2},
    )
    assert [one["sk"] for page in pages for one in page["Items"]] == ["1", "2", "3"]
    found = table.query(KeyConditionExpression=Key("pk").eq("a") & Key("sk").between("2", "3"))
    assert [one["sk"] for one in found["Items"]] == ["2", "3"]
    given = table.meta.client.batch_get_item(RequestItems={"facts": {"Keys": [{"pk": "a", "sk": "3"}]}})
    assert given["Responses"]["facts"] == [{"pk": "a", "sk": "3", "n": Decimal(3)}]


def _sorted(value: Any) -> Any:
    """Sets become lists in any order."""
    if isinstance(value, dict):
        return {k: sorted(v) if k in {"SS", "NS", "BS"} else _sorted(v) for k, v in value.items()}
    return [_sorted(one) for one in value] if isinstance(value, list) else value
