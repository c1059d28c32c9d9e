"""The ledger in the table of facts: one row for each bucket, every step one conditional UpdateItem.

| pk             | sk     | what                                                                              |
|----------------|--------|-----------------------------------------------------------------------------------|
| RATE#<bucket>  | RATE   | `full_at` (see `Rate`), `rests_until`, `why`, `failures`; moments in milliseconds  |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.aws import error_code
from precall.errors import StorageUnavailable
from precall.fetch.manners.ledger import PROBE, Granted, Refused, Why
from precall.fetch.manners.rate import Rate

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_KEPT = 2 * 86_400
"""Seconds after which a bucket that nobody asks is forgotten: longer than any rest or interval."""
_AWAKE = "attribute_not_exists(rests_until)"
_FULL = ("SET full_at = :now + :interval", f"{_AWAKE} AND (attribute_not_exists(full_at) OR full_at <= :now)")
_USED = ("SET full_at = full_at + :interval", f"{_AWAKE} AND full_at BETWEEN :now AND :latest")
_PROBE = ("SET full_at = :now + :interval, rests_until = :probe", "rests_until = :seen")

Row = Mapping[str, Any]


class DynamoLedger:
    """The table. A turn is one write where the bucket is full, two where it is partly used or at rest."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def take(self, bucket: str, rate: Rate, now: int, patience: int) -> Granted | Refused:
        """See `Ledger.take`. Each condition decides by itself: what was read before only chooses the next one."""
        latest = now + rate.slack + patience
        values = {":now": now, ":interval": rate.interval}
        held, row = self._change(bucket, now, *_FULL, values)
        if not held and 0 < _number(row, "rests_until") <= now:
            probing = {":probe": now + PROBE, ":seen": _number(row, "rests_until")}
            held, row = self._change(bucket, now, *_PROBE, values | probing)
        elif not held and "rests_until" not in row and _number(row, "full_at") <= latest:
            using = {":interval": rate.interval, ":now": now, ":latest": latest}
            held, row = self._change(bucket, now, *_USED, using)
        if not held:
            return _refusal(row, rate, now)
        wait = rate.wait(_number(row, "full_at") - rate.interval, now)
        return Granted(wait, doubtful="failures" in row or "rests_until" in row)

    def rest(self, bucket: str, until: int, why: Why) -> None:
        """See `Ledger.rest`."""
        longer = "attribute_not_exists(rests_until) OR rests_until < :until"
        self._change(
            bucket, until, "SET rests_until = :until, why = :why", longer, {":until": until, ":why": why.value}
        )

    def failed(self, bucket: str, weight: int) -> int:
        """See `Ledger.failed`."""
        _, row = self._change(bucket, None, "ADD failures :weight", None, {":weight": weight})
        return _number(row, "failures")

    def recovered(self, bucket: str) -> None:
        """See `Ledger.recovered`."""
        self._change(bucket, None, "REMOVE failures, rests_until, why", None, {})

    def _change(
        self, bucket: str, now: int | None, update: str, condition: str | None, values: dict[str, Any]
    ) -> tuple[bool, Row]:
        """Whether the condition held, and the row as it is then."""
        if now is not None:
            update, values = f"{update}, expires_at = :expires", {**values, ":expires": now // 1000 + _KEPT}
        asked: dict[str, Any] = {"UpdateExpression": update, "ReturnValues": "ALL_NEW"}
        if values:
            asked["ExpressionAttributeValues"] = values
        if condition:
            asked |= {"ConditionExpression": condition, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
        try:
            answer = self._table.update_item(Key={"pk": f"RATE#{bucket}", "sk": "RATE"}, **asked)
        except ClientError as error:
            if error_code(error) != "ConditionalCheckFailedException":
                raise StorageUnavailable(f"DynamoDB did not serve the rate of {bucket}: {error}") from error
            return False, _plain(error.response)
        except BotoCoreError as error:
            raise StorageUnavailable(f"DynamoDB did not serve the rate of {bucket}: {error}") from error
        return True, answer["Attributes"]


def _plain(response: Any) -> Row:
    """The row in the answer to a condition that did not hold: boto3 leaves it in DynamoDB's own JSON."""
    return {name: next(iter(value.values())) for name, value in response.get("Item", {}).items()}


def _number(row: Row, name: str) -> int:
    return int(row.get(name, 0))


def _refusal(row: Row, rate: Rate, now: int) -> Refused:
    if "rests_until" in row:
        return Refused(_number(row, "rests_until"), Why(row.get("why", Why.DOWN)))
    return Refused(now + rate.wait(_number(row, "full_at"), now), Why.RATE)
