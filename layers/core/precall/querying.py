"""Asking the table for many items, and only for what is wanted of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def all_of(table: Table, condition: str, values: Mapping[str, str], wanted: str, what: str) -> list[Mapping[str, Any]]:
    """All items for which `condition` ("pk = :day") holds with `values`, in their order, with the attributes that are
    `wanted` ("sk, doc").

    Errors: StorageUnavailable, which names `what`.
    """
    names = {f"#{name}": name for name in wanted.split(", ")}
    asked: dict[str, Any] = {
        "KeyConditionExpression": condition,
        "ExpressionAttributeValues": values,
        "ProjectionExpression": ", ".join(names),
        "ExpressionAttributeNames": names,
    }
    found: list[Mapping[str, Any]] = []
    try:
        while True:
            page = table.query(ConsistentRead=True, **asked)
            found += page["Items"]
            if "LastEvaluatedKey" not in page:
                return found
            asked["ExclusiveStartKey"] = page["LastEvaluatedKey"]
    except (ClientError, BotoCoreError) as error:
        raise StorageUnavailable(f"DynamoDB did not serve {what}: {error}") from error
