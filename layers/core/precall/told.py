"""What was told of an account's stories, so that none is told twice, in the table of `precall.facts`:

| pk            | sk   | what                                                                              |
|---------------|------|-----------------------------------------------------------------------------------|
| ACCOUNT#<key> | TOLD | the memory (`doc`), how often it was changed (`version`)                          |

A story is known by its marks: the canonical addresses of its mentions (as their ids) and the words of their headlines.
Clustering may cut a story another way from one look to the next: whatever shares one mark with what was told is the
same story, and all its marks are remembered with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import Field

from precall.alert_store import put_alert
from precall.alerts import Alert
from precall.clock import UtcDatetime
from precall.errors import StorageUnavailable
from precall.headlines import headline
from precall.ids import mention_id
from precall.model import Mention, Story
from precall.model._base import Model
from precall.naming import words

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_TELLING_WORDS = 4
"""A headline of fewer words ("Press release") is no mark of a story."""
_REMEMBERED = timedelta(days=90)
"""How long a mark outlives the last look that met it: longer than any window of a search."""


class Told(Model):
    """Marks, each with the day on which it was met last, and the clock of the last look (None: there was none)."""

    last_look: UtcDatetime | None = None
    marks: dict[str, date] = Field(default_factory=dict)

    def knows(self, marks: frozenset[str]) -> bool:
        """Whether a story with these marks was told."""
        return not marks.isdisjoint(self.marks)

    def with_marks(self, marks: Iterable[str], at: datetime) -> Told:
        """The memory after a look that met `marks` of stories that were told."""
        kept = {mark: day for mark, day in self.marks.items() if at.date() - day <= _REMEMBERED}
        return Told(last_look=at, marks={**kept, **dict.fromkeys(sorted(marks), at.date())})


class ToldStories(Protocol):
    """The port."""

    def read(self, key: str) -> tuple[int, Told]:
        """An account's memory and its version; version 0 of an empty one where there is none."""

    def keep(self, key: str, told: Told, version: int, alerts: Sequence[Alert], keep_days: int) -> bool:
        """Put `told` in place of the `version` that was read, and let `alerts` wait: all or nothing. False when
        somebody changed it since."""


class DynamoToldStories:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def read(self, key: str) -> tuple[int, Told]:
        """See `ToldStories.read`."""
        try:
            item = self._table.get_item(Key=_key(key), ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say what was told of an account: {error}") from error
        return (int(str(item["version"])), Told.model_validate_json(str(item["doc"]))) if item else (0, Told())

    def keep(self, key: str, told: Told, version: int, alerts: Sequence[Alert], keep_days: int) -> bool:
        """See `ToldStories.keep`."""
        client, at = self._table.meta.client, told.last_look
        if at is None:
            raise ValueError("a memory without a look is not kept; set last_look")
        item = {
            **_key(key),
            "doc": told.model_dump_json(),
            "version": version + 1,
            "expires_at": int((at + timedelta(days=keep_days)).timestamp()),
        }
        unchanged = {"ConditionExpression": "version = :read", "ExpressionAttributeValues": {":read": version}}
        absent = {"ConditionExpression": "attribute_not_exists(pk)"}
        put: Any = {"TableName": self._table.name, "Item": item, **(unchanged if version else absent)}
        try:
            client.transact_write_items(TransactItems=[{"Put": put}, *(put_alert(self._table, one) for one in alerts)])
        except client.exceptions.TransactionCanceledException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not keep what was told of an account: {error}") from error
        return True


def marks_of(story: Story, mentions: Mapping[str, Mention]) -> frozenset[str]:
    """What the story is known by; `mentions` by id."""
    headlines = (words(headline(mentions[one])) for one in story.mention_ids if one in mentions)
    return frozenset(story.mention_ids) | {
        f"said:{mention_id(' '.join(said))}" for said in headlines if len(said) >= _TELLING_WORDS
    }


def _key(key: str) -> dict[str, str]:
    return {"pk": f"ACCOUNT#{key}", "sk": "TOLD"}
