"""What collect's role may reach: no secret, or the one that the operator turned on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

TEMPLATE = Path(__file__).parents[3] / "template.yaml"
SECRET = ("ssm", "secretsmanager", "kms", "sts", "iam")
BLUESKY = "parameter${SecretsPrefix}/sources/bluesky"


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short forms, each as `{"Ref": …}` or `{"Fn::…": …}`."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)
RESOURCES: dict[str, Any] = yaml.load(TEMPLATE.read_text(), _Loader)["Resources"]


def statements(*conditions: str) -> Iterator[dict[str, Any]]:
    """All that the role of CollectFunction is allowed where just these `conditions` hold."""
    for policy in RESOURCES["CollectFunction"]["Properties"]["Policies"]:
        yield from policy["Statement"]
    for resource in RESOURCES.values():
        roles = resource.get("Properties", {}).get("Roles", [])
        if {"Ref": "CollectFunctionRole"} in roles and resource.get("Condition", "") in ("", *conditions):
            yield from resource["Properties"]["PolicyDocument"]["Statement"]


def secrets(*conditions: str) -> list[tuple[Any, Any]]:
    """The actions among them that lead to secrets, with their resources."""
    found = []
    for statement in statements(*conditions):
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        assert not any("*" in action for action in actions)
        found += [(action, statement["Resource"]) for action in actions if action.startswith(SECRET)]
    return found


def test_as_deployed_by_default_collect_reaches_no_secret() -> None:
    assert secrets() == []
    assert len(list(statements())) > 3


def test_with_the_search_turned_on_it_reads_exactly_one_parameter() -> None:
    ((action, resource),) = secrets("SearchesBluesky")
    assert action == "ssm:GetParameter"
    assert resource["Fn::Sub"].endswith(f":{BLUESKY}")
    assert "*" not in resource["Fn::Sub"]


def test_it_is_off_until_an_operator_says_so() -> None:
    template: dict[str, Any] = yaml.load(TEMPLATE.read_text(), _Loader)
    assert template["Parameters"]["BlueskySearch"]["Default"] == "no"
    assert template["Conditions"]["SearchesBluesky"] == {"Fn::Equals": [{"Ref": "BlueskySearch"}, "yes"]}


@pytest.mark.parametrize("name", ["RankFunction", "BriefFunction", "DeliverFunction", "IntakeFunction"])
def test_nobody_else_reads_it(name: str) -> None:
    assert BLUESKY not in str(RESOURCES[name])
