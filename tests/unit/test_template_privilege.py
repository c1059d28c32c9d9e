"""No role may do more than it says: no wildcard stands where a resource or an action could."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
WITHOUT_RESOURCE = (
    "xray:", "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
)  # fmt: skip
"""Actions for which AWS knows no resource: their statements have to say `*`."""


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms, each as its own text."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: f"{suffix} {node.value}")


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every Allow of a policy in the template, with the name of the resource that it belongs to."""
    resources = yaml.load(TEMPLATE.read_text(encoding="utf-8"), _Loader)["Resources"]
    for name, resource in resources.items():
        if resource["Type"] != "AWS::KMS::Key":  # in a key's own policy "*" is the key
            yield from ((name, found) for found in _within(resource) if found["Effect"] == "Allow")


def _within(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and "Effect" in node:
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _within(inner)


def listed(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


STATEMENTS = list(statements())


def test_the_template_has_policies() -> None:
    assert len(STATEMENTS) > 30


@pytest.mark.parametrize(("name", "statement"), STATEMENTS, ids=[name for name, _ in STATEMENTS])
def test_a_statement_names_its_actions_and_resources(name: str, statement: dict[str, Any]) -> None:
    actions = listed(statement["Action"])
    assert not any(action.endswith("*") for action in actions)
    if "*" in listed(statement.get("Resource", "")):
        assert all(action.startswith(WITHOUT_RESOURCE) for action in actions), name


def test_nothing_that_the_internet_reaches_may_delete_a_document() -> None:
    deleting = {name for name, statement in STATEMENTS if "s3:DeleteObject" in listed(statement["Action"])}
    assert deleting == {"ForgetFunction"}
    resources = yaml.load(TEMPLATE.read_text(encoding="utf-8"), _Loader)["Resources"]
    (event,) = resources["ForgetFunction"]["Properties"]["Events"].values()
    assert (event["Type"], event["Properties"]["Queue"]) == ("SQS", "GetAtt ForgetQueue.Arn")
