"""DynamoDB's table with Python's values, as boto3's resource has it, at a third of what that adds to a cold start.

Numbers are given as int or Decimal and come as Decimal; sets hold strings, numbers or bytes. `meta.client` speaks of
values too, its paginators as well; the answer to a refused transaction is as DynamoDB sends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

_CONDITIONS = {"KeyConditionExpression", "FilterExpression", "ConditionExpression"}


class Table:
    """Every operation of a client that `with_values` made, for the table called `name`."""

    def __init__(self, client: Any, name: str) -> None:
        self.name = name
        self.meta = SimpleNamespace(client=client)

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return partial(getattr(self.meta.client, operation), TableName=self.name)


def with_values(client: Any) -> Any:
    """`client` of DynamoDB, which from now on takes and gives Python's values."""
    client.meta.events.register("provide-client-params.dynamodb", _given)
    client.meta.events.register("after-call.dynamodb", _got)
    return client


def _given(params: dict[str, Any], model: Any, **_: Any) -> dict[str, Any]:
    for name in _CONDITIONS & params.keys():
        if not isinstance(params[name], str):
            params = _spelled_out(params, name)
    return dict(_changed(params, model.input_shape, to_dynamo))


def _spelled_out(params: dict[str, Any], name: str) -> dict[str, Any]:
    """`Key("pk").eq("x")`, of boto3, as an expression."""
    from boto3.dynamodb.conditions import ConditionExpressionBuilder

    built = ConditionExpressionBuilder().build_expression(params[name], name.startswith("Key"))
    names = {**params.get("ExpressionAttributeNames", {}), **built.attribute_name_placeholders}
    values = {**params.get("ExpressionAttributeValues", {}), **built.attribute_value_placeholders}
    given = {"ExpressionAttributeNames": names, "ExpressionAttributeValues": values, name: built.condition_expression}
    return {**params, **given}


def _got(parsed: dict[str, Any], model: Any, **_: Any) -> None:
    parsed.update(_changed(parsed, model.output_shape, from_dynamo))


def _changed(value: Any, shape: Any, change: Callable[[Any], Any]) -> Any:
    """`value` with each attribute's value in it changed; `shape` says where those are."""
    if shape.name == "AttributeValue":
        return change(value)
    if shape.type_name == "structure":
        return {k: _changed(v, shape.members[k], change) if k in shape.members else v for k, v in value.items()}
    if shape.type_name == "map":
        return {k: _changed(v, shape.value, change) for k, v in value.items()}
    if shape.type_name == "list":
        return [_changed(v, shape.member, change) for v in value]
    return value


def to_dynamo(value: Any) -> dict[str, Any]:
    """`{"S": "text"}` of "text". TypeError for what DynamoDB does not keep, a float among it."""
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case int() | Decimal():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case bytes():
            return {"B": value}
        case Mapping():
            return {"M": {key: to_dynamo(one) for key, one in value.items()}}
        case list() | tuple():
            return {"L": [to_dynamo(one) for one in value]}
        case set() | frozenset() if value:
            return _set(value)
    raise TypeError(f"DynamoDB keeps no {type(value).__name__}")


def _set(value: set[Any] | frozenset[Any]) -> dict[str, Any]:
    kinds = {kind for one in value for kind in to_dynamo(one)}
    if len(kinds) != 1 or not kinds <= {"S", "N", "B"}:
        raise TypeError("DynamoDB keeps sets of strings, of numbers or of bytes")
    (kind,) = kinds
    return {f"{kind}S": [one for member in value for one in to_dynamo(member).values()]}


def from_dynamo(value: dict[str, Any]) -> Any:
    """The value of an attribute."""
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return Decimal(content)
        case "NULL":
            return None
        case "M":
            return {key: from_dynamo(one) for key, one in content.items()}
        case "L":
            return [from_dynamo(one) for one in content]
        case "NS":
            return {Decimal(one) for one in content}
        case "SS" | "BS":
            return set(content)
    return content
