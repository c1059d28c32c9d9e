"""Alerts that wait for their rep, in the table of `precall.facts`:

| pk         | sk              | what                                                                             |
|------------|-----------------|----------------------------------------------------------------------------------|
| REP#<addr> | ALERT#<at>#<id> | the alert (`doc`) about an `account` (its key); `asked`: the day of the last try |
| REP#<addr> | ALERTED#<date>  | how many `mails` with alerts the rep got that day of theirs                      |

An alert is written together with the memory of its story (`precall.told`), so that a story is remembered if and only if
its alert waits or is out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.alerts import Alert
from precall.errors import StorageUnavailable
from precall.transactions import Writes, written

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

KEEP = timedelta(days=14)
"""How long an alert waits for a rep who is away: what is older is no news."""
_AT_ONCE = 100  # reps come back from holidays; a transaction has as many writes


class DynamoAlerts:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def waiting(self, rep: str) -> list[Alert]:
        """See `Alerts.waiting`."""
        return [_alert(item) for item in self._items(rep)]

    def hand_over(self, alert: Alert, copies: Sequence[Alert]) -> None:
        """See `HandOver.hand_over`."""
        gone = {"TableName": self._table.name, "Key": _key(alert), "ConditionExpression": "attribute_exists(pk)"}
        writes = [{"Delete": gone}, *(put_alert(self._table, copy) for copy in copies)]
        written(self._table, lambda: writes, "an alert for others")

    def unasked(self, rep: str, day: date) -> list[Alert]:
        """See `Alerts.unasked`."""
        return [_alert(item) for item in self._items(rep) if item.get("asked") != str(day)]

    def asked(self, alerts: Sequence[Alert], day: date) -> None:
        """See `Alerts.asked`."""
        for alert in alerts:
            try:
                self._table.update_item(
                    Key=_key(alert),
                    UpdateExpression="SET asked = :day",
                    ConditionExpression="attribute_exists(pk)",
                    ExpressionAttributeValues={":day": str(day)},
                )
            except self._table.meta.client.exceptions.ConditionalCheckFailedException:
                continue  # it is out already
            except (ClientError, BotoCoreError) as error:
                raise StorageUnavailable(f"DynamoDB did not take note of an alert: {error}") from error

    def mails(self, rep: str, day: date) -> int:
        """See `Alerts.mails`."""
        key = {"pk": _pk(rep), "sk": f"ALERTED#{day}"}
        try:
            item = self._table.get_item(Key=key, ConsistentRead=True).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not count mails: {error}") from error
        return int(str(item.get("mails", 0)))

    def mailed(self, rep: str, ids: Sequence[str], day: date) -> None:
        """See `Alerts.mailed`."""
        written(self._table, lambda: self._gone(rep, frozenset(ids), day), "the alerts that are out")

    def _gone(self, rep: str, ids: frozenset[str], day: date) -> Writes | None:
        out = [alert for alert in self.waiting(rep) if alert.id in ids]
        if not out:
            return None
        until = datetime.combine(day, datetime.min.time(), UTC) + KEEP
        count = {
            "TableName": self._table.name,
            "Key": {"pk": _pk(rep), "sk": f"ALERTED#{day}"},
            "UpdateExpression": "ADD mails :one SET expires_at = :until",
            "ExpressionAttributeValues": {":one": 1, ":until": int(until.timestamp())},
        }
        gone = [
            {
                "Delete": {
                    "TableName": self._table.name,
                    "Key": _key(alert),
                    "ConditionExpression": "attribute_exists(pk)",
                }
            }
            for alert in out
        ]
        return [*gone, {"Update": count}]

    def _items(self, rep: str) -> list[Any]:
        try:
            return self._table.query(
                KeyConditionExpression="pk = :rep AND begins_with(sk, :alert)",
                ExpressionAttributeValues={":rep": _pk(rep), ":alert": "ALERT#"},
                ConsistentRead=True,
                Limit=_AT_ONCE,
            )["Items"]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve alerts: {error}") from error


def put_alert(table: Table, alert: Alert) -> Any:
    """The write of a transaction that lets an alert wait."""
    expires = int((alert.heard_at + KEEP).timestamp())
    doc = alert.model_dump_json(exclude_defaults=True)
    item = {**_key(alert), "doc": doc, "account": alert.account_key, "expires_at": expires}
    return {"Put": {"TableName": table.name, "Item": item}}


def _alert(item: Any) -> Alert:
    return Alert.model_validate_json(str(item["doc"]))


def _pk(rep: str) -> str:
    return f"REP#{rep.casefold()}"


def _key(alert: Alert) -> dict[str, str]:
    return {"pk": _pk(alert.to), "sk": f"ALERT#{alert.heard_at:%Y-%m-%dT%H:%M:%S.%f}#{alert.id}"}
