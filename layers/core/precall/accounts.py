"""What was found out about accounts, kept so that the next lead starts from it.

In the table of `precall.facts`, one item an account:

| pk            | sk      | what                                                                        |
|---------------|---------|-----------------------------------------------------------------------------|
| ACCOUNT#<key> | PROFILE | the resolved identity (`doc`), when it was resolved (`checked_at`, seconds) |

`key` is `precall.ids.account_key`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from precall.errors import StorageUnavailable
from precall.model import AccountProfile

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


class Accounts(Protocol):
    """The port."""

    def profile(self, key: str) -> AccountProfile | None:
        """What is known of the account; None when nothing is, or nothing that can still be read."""

    def keep(self, key: str, profile: AccountProfile, keep_days: int) -> None:
        """Keep a profile that was resolved (`checked_at`), unless one that was resolved later is there.

        The profile already holds what it was merged from, so that of two leads at once the later resolution stays.
        ValueError without `checked_at`.
        """


class DynamoAccounts:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def profile(self, key: str) -> AccountProfile | None:
        """See `Accounts.profile`."""
        try:
            item = self._table.get_item(Key=_key(key)).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve an account's profile: {error}") from error
        try:
            return AccountProfile.model_validate_json(str(item["doc"])) if "doc" in item else None
        except ValidationError:  # written by another version: it is found out again
            return None

    def keep(self, key: str, profile: AccountProfile, keep_days: int) -> None:
        """See `Accounts.keep`."""
        if profile.checked_at is None:
            raise ValueError("a profile that was never resolved is not kept; set checked_at")
        item: dict[str, Any] = {
            **_key(key),
            "doc": profile.model_dump_json(exclude_defaults=True),
            "checked_at": int(profile.checked_at.timestamp()),
            "expires_at": int((profile.checked_at + timedelta(days=keep_days)).timestamp()),
        }
        try:
            self._table.put_item(
                Item=item,
                ConditionExpression="attribute_not_exists(pk) OR checked_at <= :mine",
                ExpressionAttributeValues={":mine": item["checked_at"]},
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take an account's profile: {error}") from error


def _key(key: str) -> dict[str, str]:
    return {"pk": f"ACCOUNT#{key}", "sk": "PROFILE"}
