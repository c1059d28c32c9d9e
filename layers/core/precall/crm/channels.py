"""Until when a CRM goes on sending its webhooks, where that ends unless it is renewed.

In the table of `precall.facts`, one item a CRM:

| pk            | sk    | what                                                                                 |
|---------------|-------|--------------------------------------------------------------------------------------|
| CHANNEL#<crm> | STATE | when it `ends` (s), when that was tried last (`tried_at`, s), and why it failed then |
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True)
class ChannelState:
    """`ends` is None where it was never open; `failure` is why the last try failed, with the fix."""

    tried_at: datetime
    ends: datetime | None = None
    failure: str = ""


class Channels(Protocol):
    """The port. Raises StorageUnavailable."""

    def state(self, crm: str) -> ChannelState | None:
        """What is known of the CRM's channel; None where it was never tried."""

    def keep(self, crm: str, state: ChannelState) -> None:
        """Remember it."""


class DynamoChannels:
    """The table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def state(self, crm: str) -> ChannelState | None:
        """See `Channels.state`."""
        try:
            item = self._table.get_item(Key=_key(crm)).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not tell of a channel: {error}") from error
        if item is None:
            return None
        ends = _moment(item["ends"]) if "ends" in item else None
        return ChannelState(_moment(item["tried_at"]), ends, str(item.get("failure", "")))

    def keep(self, crm: str, state: ChannelState) -> None:
        """See `Channels.keep`."""
        item: dict[str, Any] = {**_key(crm), "tried_at": int(state.tried_at.timestamp()), "failure": state.failure}
        if state.ends:
            item["ends"] = int(state.ends.timestamp())
        try:
            self._table.put_item(Item=item)
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not keep a channel's state: {error}") from error


def _moment(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def _key(crm: str) -> dict[str, str]:
    return {"pk": f"CHANNEL#{crm}", "sk": "STATE"}
