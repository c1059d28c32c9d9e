"""Sessions, links that were used, and how often somebody tries to sign in, in the table of `precall.facts`.

| pk              | sk      | what                                                        |
|-----------------|---------|-------------------------------------------------------------|
| SESSION#<hash>  | SESSION | the `address` that is signed in, until `expires_at`         |
| SIGNIN#<ask>    | USED    | the link of this request was used                           |
| TRIES#<hash>    | <from>  | `tries` by an address or from a place, in a quarter-hour    |

Only hashes of what a browser holds, and of who tries, are kept.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LASTS = timedelta(hours=12)
"""How long a session lasts: a working day."""
WINDOW = timedelta(minutes=15)


class Sessions(Protocol):
    """The port."""

    def begin(self, address: str, now: datetime) -> str:
        """A new session of the address: the secret for the browser's cookie."""

    def address(self, secret: str, now: datetime) -> str | None:
        """Who is signed in with the secret; None when nobody is (any more)."""

    def end(self, secret: str) -> None:
        """Nobody is signed in with the secret any more."""

    def use(self, ask: str, now: datetime) -> bool:
        """Use up the link of a sign-in request; False when it was used."""

    def tries(self, who: str, now: datetime) -> int:
        """Count a try of `who`: the how manieth of this quarter-hour it is."""


class DynamoSessions:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def begin(self, address: str, now: datetime) -> str:
        """See `Sessions.begin`."""
        secret = secrets.token_urlsafe(32)
        self._put({**_session(secret), "address": address, "expires_at": int((now + LASTS).timestamp())})
        return secret

    def address(self, secret: str, now: datetime) -> str | None:
        """See `Sessions.address`."""
        try:
            item = self._table.get_item(Key=_session(secret), ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve a session: {error}") from error
        return str(item["address"]) if item and int(str(item["expires_at"])) > now.timestamp() else None

    def end(self, secret: str) -> None:
        """See `Sessions.end`."""
        try:
            self._table.delete_item(Key=_session(secret))
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not end a session: {error}") from error

    def use(self, ask: str, now: datetime) -> bool:
        """See `Sessions.use`."""
        item = {"pk": f"SIGNIN#{ask}", "sk": "USED", "expires_at": int((now + timedelta(hours=1)).timestamp())}
        try:
            self._put(item, ConditionExpression="attribute_not_exists(pk)")
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def tries(self, who: str, now: datetime) -> int:
        """See `Sessions.tries`."""
        start = int(now.timestamp() // WINDOW.total_seconds() * WINDOW.total_seconds())
        try:
            answer = self._table.update_item(
                Key={"pk": f"TRIES#{_hash(who.casefold())}", "sk": str(start)},
                UpdateExpression="ADD tries :one SET expires_at = :end",
                ExpressionAttributeValues={":one": 1, ":end": start + 2 * int(WINDOW.total_seconds())},
                ReturnValues="UPDATED_NEW",
            )
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not count a sign-in: {error}") from error
        return int(str(answer["Attributes"]["tries"]))

    def _put(self, item: dict[str, Any], **condition: Any) -> None:
        try:
            self._table.put_item(Item=item, **condition)
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            raise
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not keep a sign-in: {error}") from error


def _session(secret: str) -> dict[str, str]:
    return {"pk": f"SESSION#{_hash(secret)}", "sk": "SESSION"}


def _hash(value: str) -> str:
    return sha256(value.encode()).hexdigest()
