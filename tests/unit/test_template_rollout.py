"""Every call of a function goes to its published version, so that a new one can take over gradually and go back."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

from bench.template import PATH


class NoPolicies:
    """AWS's managed policies by name: the template names none."""

    def load(self) -> dict[str, str]:
        return {}


@cache
def translated(gradual: str, release: str = "") -> dict[str, dict[str, Any]]:
    """The resources that SAM makes of the template, as CloudFormation gets them."""
    text = re.sub(r"(CodeUri|ContentUri|DefinitionUri): .*", r"\1: s3://bucket/key", PATH.read_text(encoding="utf-8"))
    given = {"Gradual": gradual, "Release": release, "SenderIdentity": "seller.example"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        made: dict[str, dict[str, Any]] = transform(yaml_parse(text), given, NoPolicies())["Resources"]
    return made


def of_type(resources: dict[str, dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def test_every_function_has_an_alias_to_a_published_version() -> None:
    made = translated("no")
    functions = of_type(made, "AWS::Lambda::Function")
    assert len(functions) > 10
    assert {f"{name}Aliaslive" for name in functions} == set(of_type(made, "AWS::Lambda::Alias"))
    assert len(of_type(made, "AWS::Lambda::Version")) == len(functions)


def test_what_calls_a_function_calls_its_alias() -> None:
    made = translated("no")
    for mapping in of_type(made, "AWS::Lambda::EventSourceMapping").values():
        assert mapping["Properties"]["FunctionName"]["Ref"].endswith("Aliaslive")
    for name, permission in of_type(made, "AWS::Lambda::Permission").items():
        assert permission["Properties"]["FunctionName"]["Ref"].endswith("Aliaslive"), name
    for name, machine in of_type(made, "AWS::StepFunctions::StateMachine").items():
        steps = {key: arn for key, arn in machine["Properties"]["DefinitionSubstitutions"].items() if key != "BusName"}
        assert len(steps) > 1, name
        assert all(arn == {"Ref": f"{key.removesuffix('Arn')}FunctionAliaslive"} for key, arn in steps.items()), steps


def test_another_release_publishes_every_function_anew_also_where_only_a_parameter_changed() -> None:
    before, after = (
        set(of_type(translated("no", release), "AWS::Lambda::Version")) for release in ("a1b2c3", "d4e5f6")
    )
    assert not before & after


def test_gradually_a_new_version_goes_back_where_an_alarm_rings() -> None:
    made = translated("yes")
    for name, alias in of_type(made, "AWS::Lambda::Alias").items():
        assert "CodeDeployLambdaAliasUpdate" in alias["UpdatePolicy"], name
    groups = of_type(made, "AWS::CodeDeploy::DeploymentGroup")
    assert len(groups) == len(of_type(made, "AWS::Lambda::Function"))
    for group in groups.values():
        assert group["Properties"]["AutoRollbackConfiguration"]["Enabled"] is True
        named = {alarm["Name"]["Ref"] for alarm in group["Properties"]["AlarmConfiguration"]["Alarms"]}
        assert named == {"ErrorsAlarm", "ApiFaultsAlarm", "BriefsLateAlarm"}
        assert named <= set(of_type(made, "AWS::CloudWatch::Alarm"))


def test_otherwise_nothing_of_code_deploy_is_made() -> None:
    assert not [name for name, resource in translated("no").items() if "CodeDeploy" in resource["Type"]]


def test_the_alarms_that_take_back_a_version_depend_on_no_function() -> None:
    made = translated("yes")
    for name in ("ErrorsAlarm", "ApiFaultsAlarm", "BriefsLateAlarm"):
        named = set(re.findall(r"'(?:Ref|Fn::GetAtt)': \[?'(\w+)'", str(made[name]["Properties"])))
        assert named <= {"AWS::StackName", "AlarmTopic", "AWS::NoValue"} | {"AWS"}


def test_gradually_is_refused_outside_production_with_the_fix() -> None:
    (rule,) = yaml_parse(PATH.read_text(encoding="utf-8"))["Rules"].values()
    assert rule["RuleCondition"] == {"Fn::Equals": [{"Ref": "Gradual"}, "yes"]}
    (assertion,) = rule["Assertions"]
    assert assertion["Assert"] == {"Fn::Equals": [{"Ref": "Stage"}, "production"]}
    assert "leave Gradual=no in development" in assertion["AssertDescription"]
