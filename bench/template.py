"""What `template.yaml` says of functions, rules and the table, with its references resolved by made-up names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).resolve().parent.parent / "template.yaml"


@dataclass(frozen=True)
class Function:
    """A Lambda function: memory in MB, and at most how many messages of its queue's batches run at once."""

    name: str
    handler: str
    memory: int
    arm: bool
    environment: Mapping[str, str]
    layers: tuple[str, ...] = ()
    queue: str | None = None
    concurrency: int | None = None
    batch: int = 1


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> Any:
    """`!Ref X` as `X`, `!GetAtt X.Arn` as `X`, `!If [c, a, b]` as `b`: names are enough here."""
    if isinstance(node, yaml.ScalarNode):
        text = str(loader.construct_scalar(node))
        return text.removesuffix(".Arn") if suffix == "GetAtt" else text
    if isinstance(node, yaml.SequenceNode):
        values = loader.construct_sequence(node, deep=True)
        return values[-1] if suffix == "If" else str(values)
    return ""


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def template() -> dict[str, Any]:
    """The whole template."""
    loaded: dict[str, Any] = yaml.load(PATH.read_text(), _Loader)  # noqa: S506 - a SafeLoader
    return loaded


def table() -> dict[str, Any]:
    """What DynamoDB's CreateTable takes of the table."""
    properties = template()["Resources"]["Table"]["Properties"]
    names = ("BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")
    return {name: properties[name] for name in names if name in properties}


def functions(given: Mapping[str, str]) -> dict[str, Function]:
    """All functions by name; `given` has values of the environment that must be real."""
    shared = template()["Globals"]["Function"]
    resources = template()["Resources"]
    return {
        name: _function(name, {**shared, **resource["Properties"]}, shared, given)
        for name, resource in resources.items()
        if resource["Type"] == "AWS::Serverless::Function"
    }


def listeners(of: Mapping[str, Function]) -> dict[str, list[str]]:
    """By type of event, or `*`, the functions whose queue a rule of the bus sends it to."""
    by_queue = {function.queue: name for name, function in of.items() if function.queue}
    heard: dict[str, list[str]] = {}
    for rule in template()["Resources"].values():
        if rule["Type"] != "AWS::Events::Rule" or rule["Properties"].get("EventBusName") != "Bus":
            continue
        targets = [by_queue[target["Arn"]] for target in rule["Properties"]["Targets"] if target["Arn"] in by_queue]
        for kind in rule["Properties"].get("EventPattern", {}).get("detail-type", ["*"]):
            heard.setdefault(kind if isinstance(kind, str) else "*", []).extend(targets)  # all but …
    return heard


def _function(name: str, properties: dict[str, Any], shared: dict[str, Any], given: Mapping[str, str]) -> Function:
    variables = {
        **shared["Environment"]["Variables"],
        **properties.get("Environment", {}).get("Variables", {}),
    }
    queues = [event["Properties"] for event in properties.get("Events", {}).values() if event["Type"] == "SQS"]
    queue = queues[0] if queues else {}
    return Function(
        name=name,
        handler=properties["Handler"],
        memory=properties["MemorySize"],
        arm=properties["Architectures"] == ["arm64"],
        layers=tuple(properties["Layers"]),
        environment={key: given.get(key, _default(value)) for key, value in variables.items()},
        queue=queue.get("Queue"),
        concurrency=queue.get("ScalingConfig", {}).get("MaximumConcurrency"),
        batch=queue.get("BatchSize", 1),
    )


def _default(value: object) -> str:
    """A parameter's default, else the name or text itself."""
    return str(template()["Parameters"].get(value, {}).get("Default", value))
