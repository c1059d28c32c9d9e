"""Whoever sends us much cannot make us spend without limit: everything that strangers set off has one."""

from __future__ import annotations

from typing import Any

import pytest

from bench.template import template
from tests.unit.collect.test_permissions import RESOURCES as WITH_CONDITIONS

RESOURCES: dict[str, Any] = template()["Resources"]
FUNCTIONS = {
    name: one["Properties"] for name, one in RESOURCES.items() if one["Type"] == "AWS::Serverless::Function"
}  # fmt: skip
QUEUES = {
    name: event["Properties"]
    for name, function in FUNCTIONS.items()
    for event in function.get("Events", {}).values()
    if event["Type"] == "SQS"
}


def test_the_api_is_throttled() -> None:
    (setting,) = RESOURCES["Api"]["Properties"]["MethodSettings"]
    assert (setting["HttpMethod"], setting["ResourcePath"]) == ("*", "/*")
    assert 0 < setting["ThrottlingRateLimit"] <= setting["ThrottlingBurstLimit"] <= 1000


@pytest.mark.parametrize("name", sorted(QUEUES))
def test_a_queue_feeds_few_functions_at_once(name: str) -> None:
    assert 2 <= QUEUES[name]["ScalingConfig"]["MaximumConcurrency"] <= 10


@pytest.mark.parametrize("name", ["CollectFunction", "RankFunction", "BriefFunction"])
def test_the_steps_of_a_research_can_be_limited(name: str) -> None:
    limit = WITH_CONDITIONS[name]["Properties"]["ReservedConcurrentExecutions"]
    assert limit == {"Fn::If": ["LimitsResearch", {"Ref": "ResearchConcurrency"}, {"Ref": "AWS::NoValue"}]}
    assert template()["Parameters"]["ResearchConcurrency"]["Default"] == 0, "a small account has nothing to reserve"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_ends_soon(name: str) -> None:
    shared = template()["Globals"]["Function"]["Timeout"]
    assert FUNCTIONS[name].get("Timeout", shared) <= 300
