"""Who a CRM told to forget, and what became of it, in the table of `precall.facts`:

| pk       | sk        | what                                                                                       |
|----------|-----------|--------------------------------------------------------------------------------------------|
| ERASURES | <lead id> | the ask (`doc`), without anything about the person; kept as long as trails                 |

Intake writes an ask when a verified webhook tells it, and only what is asked for here is erased without an operator. So
a message that somebody forged into a queue erases nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import Field

from precall.clock import UtcDatetime
from precall.errors import StorageUnavailable
from precall.model._base import Model

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

PK = "ERASURES"
State = Literal["asked", "erased", "dismissed"]


class ErasureAsk(Model):
    """That the person of `lead_id` must be forgotten. `granted`: it has its place among an hour's erasures; `trouble`:
    why the last try failed; `counts`: how much went, by class of data."""

    lead_id: str
    crm: str
    asked_at: UtcDatetime
    state: State = "asked"
    granted: bool = False
    trouble: str | None = None
    ended_at: UtcDatetime | None = None
    by: Literal["crm", "operator"] | None = None
    counts: dict[str, int] = Field(default_factory=dict)


class ErasureAsks:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def ask(self, lead_id: str, crm: str, at: datetime, keep_days: int) -> None:
        """Keep that it is asked; nothing changes where it was before."""
        ask = ErasureAsk(lead_id=lead_id, crm=crm, asked_at=at)
        item = {"pk": PK, "sk": lead_id, "doc": ask.model_dump_json(exclude_defaults=True)}
        until = int((at + timedelta(days=keep_days)).timestamp())
        new = {**item, "state": ask.state, "expires_at": until}
        self._change("put_item", Item=new, ConditionExpression="attribute_not_exists(pk)")

    def get(self, lead_id: str) -> ErasureAsk | None:
        """The ask about a lead, if there is one."""
        try:
            item = self._table.get_item(Key={"pk": PK, "sk": lead_id}, ConsistentRead=True).get("Item")
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not say who is to be forgotten: {error}") from error
        return _ask(item) if item else None

    def all(self) -> list[ErasureAsk]:
        """Every ask, oldest first."""
        from precall.rows import Rows  # it brings boto3 along

        return sorted(map(_ask, Rows(self._table).query(PK)), key=lambda ask: (ask.asked_at, ask.lead_id))

    def replace(self, ask: ErasureAsk) -> bool:
        """Put `ask` in place of one that waits; False where it has ended meanwhile."""
        return self._change(
            "update_item",
            Key={"pk": PK, "sk": ask.lead_id},
            UpdateExpression="SET doc = :doc, #state = :state",
            ConditionExpression="#state = :waits",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={
                ":doc": ask.model_dump_json(exclude_defaults=True),
                ":state": ask.state,
                ":waits": "asked",
            },
        )

    def erased(self, ask: ErasureAsk, counts: Mapping[str, int], at: datetime, by: Literal["crm", "operator"]) -> None:
        """It is done."""
        known = {"counts": dict(counts), "ended_at": at, "by": by, "trouble": None}
        self.replace(ask.model_copy(update={"state": "erased", **known}))

    def _change(self, verb: str, **asked: Any) -> bool:
        """Whether the condition held."""
        try:
            getattr(self._table, verb)(**asked)
        except self._table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not keep who is to be forgotten: {error}") from error
        return True


def _ask(item: Mapping[str, Any]) -> ErasureAsk:
    return ErasureAsk.model_validate_json(str(item["doc"]))
