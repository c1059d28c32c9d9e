"""What calls of AWS need to be allowed, as IAM sees them, and which statements of a role allow it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from html import unescape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bench.proxy import Call

PLACE = "us-east-1:000000000000"
"""Region and account of the local stack."""
_WRITES = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}
_SCHEDULER = {"POST": "CreateSchedule", "PUT": "UpdateSchedule", "DELETE": "DeleteSchedule", "GET": "GetSchedule"}


@dataclass(frozen=True)
class Need:
    """An action on a resource, with the condition keys that are known of the call."""

    action: str
    resource: str
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Statement:
    """An Allow of a role's policies."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    condition: Mapping[str, Mapping[str, Any]]

    def allows(self, need: Need) -> bool:
        """Whether the need is met by this statement alone."""
        return (
            any(fnmatchcase(need.action, action) for action in self.actions)
            and any(fnmatchcase(need.resource, resource) for resource in self.resources)
            and all(self._holds(key, wanted, need) for by in self.condition.values() for key, wanted in by.items())
        )

    def _holds(self, key: str, wanted: Any, need: Need) -> bool:
        given = dict(need.keys).get(key, ())
        return all(any(fnmatchcase(one, pattern) for pattern in _listed(wanted)) for one in given)


def statements(document: Mapping[str, Any]) -> Iterator[Statement]:
    """Of a policy document."""
    for one in _listed(document["Statement"]):
        if one["Effect"] == "Allow":
            resources, actions = _listed(one["Resource"]), _listed(one["Action"])
            yield Statement(one.get("Sid", ""), (*actions,), (*resources,), one.get("Condition", {}))


def needs(call: Call, status: int) -> Iterator[Need]:
    """What a call needs; an object that is not there is only told to who may list the bucket."""
    asked = _ASKED.get(call.service)
    if asked is None:
        raise ValueError(f"a call of {call.service or 'an unsigned service'}: {call.method} {call.target}")
    yield from asked(call, status)


def _dynamodb(call: Call, _: int) -> Iterator[Need]:
    body = json.loads(call.body)
    for item in body.get("TransactItems", ()):
        for member, one in item.items():
            yield _on_table(_WRITES[member], one)
    for table, one in body.get("RequestItems", {}).items():
        keys = [key["pk"]["S"] for key in one["Keys"]]
        yield _need(call.operation, f"arn:aws:dynamodb:{PLACE}:table/{table}", keys)
    if "TableName" in body:
        yield _on_table(call.operation, body)


def _on_table(operation: str, body: Mapping[str, Any]) -> Need:
    known = body.get("Key") or body.get("Item") or {}
    keys = [known["pk"]["S"]] if "pk" in known else _queried(body)
    return _need(operation, f"arn:aws:dynamodb:{PLACE}:table/{body['TableName'].rpartition('/')[2]}", keys)


def _queried(body: Mapping[str, Any]) -> list[str]:
    """The partition of a query: the value that its condition compares `pk` with."""
    names = {short for short, name in body.get("ExpressionAttributeNames", {}).items() if name == "pk"} | {"pk"}
    words = body.get("KeyConditionExpression", "").replace("(", " ").replace(")", " ").replace("=", " = ").split()
    values = body.get("ExpressionAttributeValues", {})
    return [values[words[n + 2]]["S"] for n, word in enumerate(words) if word in names]


def _need(operation: str, table: str, keys: list[str]) -> Need:
    return Need(f"dynamodb:{operation}", table, (("dynamodb:LeadingKeys", tuple(keys)),))


def _s3(call: Call, status: int) -> Iterator[Need]:
    parts = urlsplit(call.target)
    bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
    if call.method == "POST" and "delete" in parse_qs(parts.query, keep_blank_values=True):
        for name in re.findall(r"<Key>(.*?)</Key>", call.body.decode()):
            yield Need("s3:DeleteObject", f"arn:aws:s3:::{bucket}/{unescape(name)}")
        return
    if not key or "list-type" in parse_qs(parts.query, keep_blank_values=True):
        yield Need("s3:ListBucket", f"arn:aws:s3:::{bucket}")
        return
    verb = {"GET": "Get", "HEAD": "Get", "PUT": "Put", "DELETE": "Delete"}[call.method]
    yield Need(f"s3:{verb}Object", f"arn:aws:s3:::{bucket}/{key}")
    if status == 404:
        yield Need("s3:ListBucket", f"arn:aws:s3:::{bucket}")


def _events(call: Call, _: int) -> Iterator[Need]:
    for name in {entry["EventBusName"] for entry in json.loads(call.body)["Entries"]}:
        yield Need("events:PutEvents", f"arn:aws:events:{PLACE}:event-bus/{name.rpartition('/')[2]}")


def _ssm(call: Call, _: int) -> Iterator[Need]:
    yield Need(f"ssm:{call.operation}", f"arn:aws:ssm:{PLACE}:parameter{json.loads(call.body)['Name']}")


def _ses(call: Call, _: int) -> Iterator[Need]:
    yield Need("ses:SendEmail", "*")


def _sqs(call: Call, _: int) -> Iterator[Need]:
    name = json.loads(call.body)["QueueUrl"].rpartition("/")[2]
    yield Need(f"sqs:{call.operation}", f"arn:aws:sqs:{PLACE}:{name}")


def _scheduler(call: Call, _: int) -> Iterator[Need]:
    yield Need(f"scheduler:{_SCHEDULER[call.method]}", "*")
    if call.body and (role := json.loads(call.body).get("Target", {}).get("RoleArn")):
        yield Need("iam:PassRole", role, (("iam:PassedToService", ("scheduler.amazonaws.com",)),))


_ASKED = {
    "dynamodb": _dynamodb,
    "s3": _s3,
    "events": _events,
    "ssm": _ssm,
    "ses": _ses,
    "sqs": _sqs,
    "scheduler": _scheduler,
}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
