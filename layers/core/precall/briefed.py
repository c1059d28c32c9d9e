"""Which briefs an account has had, so that the next one can say what is new.

In the table of `precall.facts`:

| pk            | sk                          | what                                   |
|---------------|-----------------------------|----------------------------------------|
| ACCOUNT#<key> | BRIEF#<as of>#<research id> | the `lead_id` and `research_id` of one |

`key` is `precall.ids.account_key`, `as of` the clock of the research in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from boto3.dynamodb.conditions import Key
from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True)
class Briefing:
    """One brief about an account: the research that it comes from and the clock of that."""

    lead_id: str
    research_id: str
    as_of: datetime


class Briefed(Protocol):
    """The port."""

    def note(self, key: str, briefing: Briefing, keep_days: int) -> None:
        """Remember a brief; twice is once."""

    def before(self, key: str, briefing: Briefing) -> Briefing | None:
        """The newest brief about the account from an earlier clock than this one's."""


class DynamoBriefed:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def note(self, key: str, briefing: Briefing, keep_days: int) -> None:
        """See `Briefed.note`."""
        item: dict[str, Any] = {
            "pk": f"ACCOUNT#{key}",
            "sk": f"{_when(briefing.as_of)}#{briefing.research_id}",
            "lead_id": briefing.lead_id,
            "research_id": briefing.research_id,
            "expires_at": int((briefing.as_of + timedelta(days=keep_days)).timestamp()),
        }
        try:
            self._table.put_item(Item=item)
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take note of a brief: {error}") from error

    def before(self, key: str, briefing: Briefing) -> Briefing | None:
        """See `Briefed.before`."""
        inside = Key("pk").eq(f"ACCOUNT#{key}") & Key("sk").between("BRIEF#", _when(briefing.as_of))
        try:
            items = self._table.query(KeyConditionExpression=inside, ScanIndexForward=False, Limit=1)["Items"]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say which briefs there were: {error}") from error
        return _briefing(items[0]) if items else None


def _when(as_of: datetime) -> str:
    """A sort key that no longer key of the same moment precedes."""
    return f"BRIEF#{as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _briefing(item: Mapping[str, object]) -> Briefing:
    moment = datetime.strptime(str(item["sk"]).split("#")[1], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return Briefing(str(item["lead_id"]), str(item["research_id"]), moment)
