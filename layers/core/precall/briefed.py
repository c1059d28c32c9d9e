"""Which briefs an account has had, so that the next one can say what is new; and what they quoted.

In the table of `precall.facts`:

| pk            | sk                          | what                                                              |
|---------------|-----------------------------|-------------------------------------------------------------------|
| ACCOUNT#<key> | BRIEF#<as of>#<research id> | the `lead_id` and `research_id` of one, what it quoted (`quoted`) |

`key` is `precall.ids.account_key`, `as of` the clock of the research in UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ConfigDict, TypeAdapter, ValidationError

from precall.errors import StorageUnavailable
from precall.model import Lead
from precall.model.snippet import Snippet

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

LAST = 20
"""Briefs that are looked at for what they quoted."""
_SNIPPETS = TypeAdapter(tuple[Snippet, ...], config=ConfigDict(defer_build=True))


@dataclass(frozen=True)
class Briefing:
    """One brief about an account: the research that it comes from, the clock of that, and what it quoted."""

    lead_id: str
    research_id: str
    as_of: datetime
    quoted: tuple[Snippet, ...] = field(default=(), compare=False)


class Briefed(Protocol):
    """The port."""

    def note(self, key: str, briefing: Briefing, keep_days: int) -> None:
        """Remember a brief; twice is once."""

    def before(self, key: str, briefing: Briefing) -> Briefing | None:
        """The newest brief about the account from an earlier clock than this one's."""

    def told(self, key: str) -> tuple[Snippet, ...]:
        """What the account's last briefs quoted, newest brief first, each source once."""


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
            "quoted": _SNIPPETS.dump_json(briefing.quoted, exclude_defaults=True).decode(),
            "expires_at": int((briefing.as_of + timedelta(days=keep_days)).timestamp()),
        }
        try:
            self._table.put_item(Item=item)
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not take note of a brief: {error}") from error

    def before(self, key: str, briefing: Briefing) -> Briefing | None:
        """See `Briefed.before`."""
        try:
            items = self._table.query(
                KeyConditionExpression="pk = :account AND sk BETWEEN :first AND :last",
                ExpressionAttributeValues={
                    ":account": f"ACCOUNT#{key}",
                    ":first": "BRIEF#",
                    ":last": _when(briefing.as_of),
                },
                ScanIndexForward=False,
                Limit=1,
            )["Items"]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say which briefs there were: {error}") from error
        return _briefing(items[0]) if items else None

    def told(self, key: str) -> tuple[Snippet, ...]:
        """See `Briefed.told`."""
        try:
            items = self._table.query(
                KeyConditionExpression="pk = :account AND begins_with(sk, :brief)",
                ExpressionAttributeValues={":account": f"ACCOUNT#{key}", ":brief": "BRIEF#"},
                ScanIndexForward=False,
                Limit=LAST,
            )["Items"]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say what briefs told: {error}") from error
        return each_once(_briefing(item) for item in items)


def each_once(briefings: Iterable[Briefing]) -> tuple[Snippet, ...]:
    """What briefings quoted, in their order, each source as it was quoted first here."""
    found: dict[str, Snippet] = {}
    for briefing in briefings:
        for snippet in briefing.quoted:
            found.setdefault(snippet.url, snippet)
    return tuple(found.values())


def quoted_for(lead: Lead, query: Callable[[str], Iterable[Mapping[str, Any]]]) -> list[Any]:
    """What the lead's own briefs quoted, as it is stored; `query` gives the items below a key."""
    items = query(f"ACCOUNT#{lead.prospect.key}") if lead.prospect else ()
    mine = (str(item["quoted"]) for item in items if item.get("lead_id") == lead.id and "quoted" in item)
    return [snippet for doc in mine for snippet in json.loads(doc)]


def _when(as_of: datetime) -> str:
    """A sort key that no longer key of the same moment precedes."""
    return f"BRIEF#{as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _briefing(item: Mapping[str, object]) -> Briefing:
    moment = datetime.strptime(str(item["sk"]).split("#")[1], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return Briefing(str(item["lead_id"]), str(item["research_id"]), moment, _quoted(item.get("quoted")))


def _quoted(doc: object) -> tuple[Snippet, ...]:
    """Nothing where an older version wrote it, or another one that cannot be read."""
    try:
        return _SNIPPETS.validate_json(str(doc)) if doc else ()
    except ValidationError:
        return ()
