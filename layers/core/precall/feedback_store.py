"""Votes in the table of `precall.facts`. A vote and what it teaches are written in one transaction, or not at all:

| pk            | sk                      | what                                                                    |
|---------------|-------------------------|-------------------------------------------------------------------------|
| VOTES#<lead>  | VOTE#<rep id>#<story>   | the vote (`doc`), what it says (`says`)                                 |
| FEEDBACK      | REP#<rep id>            | how often each feature was marked, in quarters of a vote, a number each |
|               |                         | after a reset, `since` when (seconds)                                   |
| ACCOUNT#<key> | NOT_THEM#<rep id>#<story> | what is not the account (`doc`)                                       |

The transaction asks that the vote before is still the one that was read, so that two clicks at once count as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from precall.errors import StorageUnavailable
from precall.feedback import Denial, Marks, Say, Tally, Vote, rep_id

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

TRIES = 4
"""Clicks that may overtake this one before it gives up."""
_QUARTERS = 4


class DynamoFeedback:
    """The table. Errors: StorageUnavailable."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def marks(self, rep: str | None) -> Marks:
        """See `Feedback.marks`."""
        tallies = self.tallies()
        own = tallies.pop(rep_id(rep), Tally()) if rep else Tally()
        return Marks(own=own, others=tuple(tallies[key] for key in sorted(tallies)))

    def tallies(self) -> dict[str, Tally]:
        """See `Feedback.tallies`."""
        items = self._query("FEEDBACK", "REP#")
        return {str(item["sk"]).removeprefix("REP#"): _tally(item) for item in items}

    def denials(self, account: str) -> tuple[Denial, ...]:
        """See `Feedback.denials`."""
        items = self._query(f"ACCOUNT#{account}", "NOT_THEM#")
        return tuple(Denial.model_validate_json(str(item["doc"])) for item in items)

    def vote(self, vote: Vote, keep_days: int) -> bool:
        """See `Feedback.vote`."""
        expires = int((vote.at + timedelta(days=keep_days)).timestamp())
        return self._replace(vote.lead_id, vote.story_id, vote.rep, vote, expires)

    def withdraw(self, lead_id: str, story_id: str, rep: str) -> bool:
        """See `Feedback.withdraw`."""
        return self._replace(lead_id, story_id, rep, None, None)

    def votes(self, lead_id: str, rep: str) -> dict[str, Say]:
        """See `Feedback.votes`."""
        items = self._query(f"VOTES#{lead_id}", f"VOTE#{rep_id(rep)}#")
        found = [Vote.model_validate_json(str(item["doc"])) for item in items]
        return {vote.story_id: vote.says for vote in found}

    def all_votes(self, lead_id: str) -> list[Vote]:
        """See `Feedback.all_votes`."""
        return [Vote.model_validate_json(str(item["doc"])) for item in self._query(f"VOTES#{lead_id}", "VOTE#")]

    def reset(self, rep: str, at: datetime) -> None:
        """See `Feedback.reset`."""
        item: dict[str, Any] = {"pk": "FEEDBACK", "sk": f"REP#{rep_id(rep)}", "since": int(at.timestamp())}
        try:
            self._table.put_item(Item=item)
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not reset marks: {error}") from error

    def allow(self, account: str) -> int:
        """See `Feedback.allow`."""
        keys = [
            {"pk": str(item["pk"]), "sk": str(item["sk"])} for item in self._query(f"ACCOUNT#{account}", "NOT_THEM#")
        ]
        try:
            for key in keys:
                self._table.delete_item(Key=key)
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not reset marks: {error}") from error
        return len(keys)

    def _replace(self, lead_id: str, story_id: str, rep: str, new: Vote | None, expires: int | None) -> bool:
        key = {"pk": f"VOTES#{lead_id}", "sk": f"VOTE#{rep_id(rep)}#{story_id}"}
        refused = self._table.meta.client.exceptions.TransactionCanceledException
        for _ in range(TRIES):
            old = self._vote(key)
            if (old.says if old else None) == (new.says if new else None):
                return False
            try:
                taught = old.counts if old and old.at.timestamp() >= self._since(rep) else {}
                self._table.meta.client.transact_write_items(TransactItems=self._writes(key, old, new, expires, taught))
                return True
            except refused:
                continue
            except (ClientError, BotoCoreError) as error:
                raise StorageUnavailable(f"DynamoDB did not take a vote: {error}") from error
        raise StorageUnavailable("a vote was overtaken again and again: try again")

    def _vote(self, key: dict[str, str]) -> Vote | None:
        item = self._item(key)
        return Vote.model_validate_json(str(item["doc"])) if item else None

    def _since(self, rep: str) -> int:
        """What was said before the last reset (seconds) teaches nothing any more: there is nothing to take back."""
        return int(self._item({"pk": "FEEDBACK", "sk": f"REP#{rep_id(rep)}"}).get("since", 0))

    def _item(self, key: dict[str, str]) -> Mapping[str, Any]:
        try:
            return self._table.get_item(Key=key, ConsistentRead=True).get("Item", {})
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve a vote: {error}") from error

    def _writes(
        self, key: dict[str, str], old: Vote | None, new: Vote | None, expires: int | None, taught: Mapping[str, int]
    ) -> list[Any]:
        """The vote, the rep's counts, and what is denied: all of it, or nothing."""
        condition: dict[str, Any] = {"TableName": self._table.name, "ConditionExpression": "attribute_not_exists(pk)"}
        if old:
            condition |= {"ConditionExpression": "says = :old", "ExpressionAttributeValues": {":old": old.says}}
        stored = {**key, "doc": new.model_dump_json(), "says": new.says, "expires_at": expires} if new else {}
        writes: list[Any] = [{"Put": {**condition, "Item": stored}} if new else {"Delete": {**condition, "Key": key}}]
        changes = Counter(new.counts if new else {})
        changes.subtract(taught)
        either = new or old
        if either and any(changes.values()):
            writes.append({"Update": {"TableName": self._table.name, **_adding(either.rep, changes, expires)}})
        return writes + self._denied(old, new, expires)

    def _denied(self, old: Vote | None, new: Vote | None, expires: int | None) -> list[Any]:
        if new and new.denial:
            item = {**_denial_key(new), "doc": new.denial.model_dump_json(), "expires_at": expires}
            return [{"Put": {"TableName": self._table.name, "Item": item}}]
        if old and old.denial:
            return [{"Delete": {"TableName": self._table.name, "Key": _denial_key(old)}}]
        return []

    def _query(self, pk: str, beginning: str) -> list[Mapping[str, Any]]:
        try:
            pages = self._table.meta.client.get_paginator("query").paginate(
                TableName=self._table.name,
                KeyConditionExpression="pk = :pk AND begins_with(sk, :beginning)",
                ExpressionAttributeValues={":pk": pk, ":beginning": beginning},
                ConsistentRead=True,
            )
            return [item for page in pages for item in page["Items"]]
        except (ClientError, BotoCoreError) as error:
            raise StorageUnavailable(f"DynamoDB did not serve votes: {error}") from error


def _denial_key(vote: Vote) -> dict[str, str]:
    return {"pk": f"ACCOUNT#{vote.account}", "sk": f"NOT_THEM#{rep_id(vote.rep)}#{vote.story_id}"}


def _adding(rep: str, changes: Mapping[str, int], expires: int | None) -> dict[str, Any]:
    """Adds to each count by itself; marks go when nothing was marked for so long as votes are kept."""
    numbered = [(f"#c{n}", f":c{n}", name) for n, name in enumerate(sorted(changes)) if changes[name]]
    kept = "" if expires is None else "SET expires_at = :expires "
    return {
        "Key": {"pk": "FEEDBACK", "sk": f"REP#{rep_id(rep)}"},
        "UpdateExpression": f"{kept}ADD " + ", ".join(f"{name} {value}" for name, value, _ in numbered),
        "ExpressionAttributeNames": {name: told for name, _, told in numbered},
        "ExpressionAttributeValues": {value: changes[told] for _, value, told in numbered}
        | ({} if expires is None else {":expires": expires}),
    }


def _tally(item: Mapping[str, Any]) -> Tally:
    sides: dict[str, dict[str, float]] = {"useful": {}, "wrong": {}}
    for name, quarters in item.items():
        side, _, feature = name.partition(":")
        if side in sides and quarters > 0:
            sides[side][feature] = float(quarters) / _QUARTERS
    return Tally(**sides, votes=float(item.get("votes", 0)) / _QUARTERS)
