"""The keys of the table that forget's role may touch are those that erasing touches: the local stack enforces none."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import botocore.client
import pytest

from precall.watch_store import DynamoWatches
from precall.watches import Watch
from tests.integration.forget.test_handler import ADA, ASKED, KEEP, NOW, World, lead, world
from tests.unit.collect.test_permissions import RESOURCES

pytestmark = pytest.mark.integration
__all__ = ["world"]
(POLICY,) = RESOURCES["ForgetFunction"]["Properties"]["Policies"]
Asked = tuple[str, str | None]
"""An operation, and the partition that it is about; None for a scan."""


def asked(operation: str, given: dict[str, Any]) -> list[Asked]:
    """Of one call of DynamoDB."""
    if operation == "TransactWriteItems":
        return [
            (f"{kind}Item", str(one["Item"]["pk"])) for item in given["TransactItems"] for kind, one in item.items()
        ]
    if operation == "Scan":
        return [(operation, None)]
    if operation == "Query":
        condition = given["KeyConditionExpression"]
        texts = given["ExpressionAttributeValues"] if isinstance(condition, str) else condition._values
        found = texts.values() if isinstance(texts, dict) else texts
        return [(operation, str(next(one for one in found if isinstance(one, str))))]
    return [(operation, str((given.get("Key") or given["Item"])["pk"]))]


def allowed(operation: str, pk: str | None) -> bool:
    for one in POLICY["Statement"]:
        actions = one["Action"] if isinstance(one["Action"], list) else [one["Action"]]
        keys = one.get("Condition", {}).get("ForAllValues:StringLike", {}).get("dynamodb:LeadingKeys", ["*"])
        if f"dynamodb:{operation}" in actions and (pk is None or any(fnmatchcase(pk, key) for key in keys)):
            return True
    return False


def test_the_role_allows_every_key_that_erasing_touches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    about = f"LEAD#{ASKED.lead_id}"
    items: list[dict[str, Any]] = [
        {"pk": about, "sk": "CALL", "day": "2026-12-01", "at": "x"},
        {"pk": about, "sk": "NOTE#r", "tries": 1},
        {"pk": f"VOTES#{ASKED.lead_id}", "sk": "x"},
        {"pk": f"ACCOUNT#{ADA.account.key}", "sk": "BRIEFED#1", "lead_id": ASKED.lead_id},
    ]
    for item in items:
        world.table.put_item(Item=item)
    watch = Watch(account=ADA.account, due_at=NOW, leads=frozenset({ASKED.lead_id}))
    DynamoWatches(world.table).add(watch, NOW, KEEP)
    world.add(lead("second", crm="generic", crm_id=None))
    world.ask()
    calls, real = list[Asked](), botocore.client.BaseClient._make_api_call  # type: ignore[attr-defined]

    def spied(client: Any, operation: str, given: dict[str, Any]) -> Any:
        if client.meta.service_model.service_name == "dynamodb":
            calls.extend(asked(operation, given))
        return real(client, operation, given)

    with monkeypatch.context() as patch:
        patch.setattr(botocore.client.BaseClient, "_make_api_call", spied)
        assert world.brought()
    assert world.left() == set()
    assert {operation for operation, _ in calls} > {"Scan", "Query", "DeleteItem", "PutItem", "UpdateItem"}
    assert [one for one in calls if not allowed(*one)] == []
    assert not allowed("DeleteItem", "SUPPRESSED")
