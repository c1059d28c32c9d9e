"""The research workflow knows our errors by name, and never ends in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from precall import errors
from precall.events import ResearchFailed, parse_event
from precall.model import ResearchTask

STATES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parents[3] / "research.asl.json").read_text())["States"]
STEPS = [name for name, state in STATES.items() if state["Type"] == "Task" and "Catch" in state]
TELLS = [name for name, state in STATES.items() if "putEvents" in str(state.get("Resource"))]
NOON = "2026-03-12T12:00:00Z"
LAMBDA = {
    "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
    "Lambda.SdkClientException", "Lambda.TooManyRequestsException",
}  # fmt: skip
"""As AWS documents them: https://docs.aws.amazon.com/step-functions/latest/dg/bp-lambda-serviceexception.html."""
GONE = {"Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout"}
"""A function whose process was killed, ran out of memory or of time."""


def tree(base: type[Exception]) -> Iterator[str]:
    for kind in base.__subclasses__():
        if kind.__module__.startswith("precall."):
            yield kind.__name__
            yield from tree(kind)


def ends(name: str) -> Iterator[str]:
    """The states that the workflow can end in, from `name` on."""
    state = STATES[name]
    if state.get("End") or state["Type"] == "Succeed":
        yield name
    else:
        yield from ends(state.get("Next") or state["Default"])


def test_the_three_steps_are_there_in_order() -> None:
    assert STEPS == ["Collect", "Rank", "Brief"]
    assert STATES["Collect"]["Next"] == "Still to be done"
    assert STATES["Still to be done"]["Default"] == "Rank"
    assert STATES["Rank"]["Next"] == "Brief"


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_tried_again_for_every_transient_error_and_for_lambdas_own(name: str) -> None:
    retried = {error for retry in STATES[name]["Retry"] for error in retry["ErrorEquals"]}
    assert set(tree(errors.Transient)) <= retried
    assert retried >= LAMBDA


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_was_killed_is_tried_once_more_however_lambda_calls_that(name: str) -> None:
    (retry,) = (one for one in STATES[name]["Retry"] if GONE & {*one["ErrorEquals"]})
    assert set(retry["ErrorEquals"]) == GONE
    assert retry["MaxAttempts"] == 1, "it takes as long again, and there is a call"


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_not_tried_again_for_a_permanent_error(name: str) -> None:
    retried = {error for retry in STATES[name]["Retry"] for error in retry["ErrorEquals"]}
    assert not retried & {*tree(errors.Permanent), "Permanent", "States.ALL", "States.TaskFailed"}


@pytest.mark.parametrize("name", STEPS)
def test_the_workflow_lists_no_error_that_does_not_exist(name: str) -> None:
    ours = {error for retry in STATES[name]["Retry"] for error in retry["ErrorEquals"] if "." not in error}
    assert ours <= {"Transient", *tree(errors.Transient)}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_gives_up_leads_to_a_brief_or_to_the_news_that_there_is_none(name: str) -> None:
    catches = STATES[name]["Catch"]
    assert catches[-1]["ErrorEquals"] == ["States.ALL"]
    for catch in catches:
        assert set(ends(catch["Next"])) <= {"Brief", *TELLS}


def test_the_brief_itself_cannot_lead_back_to_itself() -> None:
    assert [list(ends(catch["Next"])) for catch in STATES["Brief"]["Catch"]] == [TELLS]


def test_what_the_budget_forbids_is_told_and_not_tried_any_further() -> None:
    _, choice = STATES["Still to be done"]["Choices"]
    assert choice["And"][1] == {"Variable": "$.beyond_budget", "BooleanEquals": True}
    assert "beyond_budget" in ResearchTask.model_fields
    assert list(ends(choice["Next"])) == TELLS
    given = json.loads(json.dumps(STATES[choice["Next"]]["Parameters"]).replace(".$", ""))
    told = {key: given[key] for key in ("lead_id", "research_id", "correlation_id")}
    told |= {"at": NOON, "step": given["gave_up"], "error": given["caught"]["Error"]}
    failed = ResearchFailed.model_validate(told)
    assert failed.beyond_budget


def test_the_step_that_claims_the_research_knows_its_execution() -> None:
    given = {key.removesuffix(".$"): path for key, path in STATES["Collect"]["Parameters"].items()}
    assert given.pop("execution") == "$$.Execution.Id"
    assert given == {name: f"$.{name}" for name in ("lead_id", "research_id", "correlation_id")}
    assert {*given, "execution"} <= set(ResearchTask.model_fields)


def test_a_research_that_another_execution_has_is_not_done_again() -> None:
    choice, _ = STATES["Still to be done"]["Choices"]
    assert choice["And"] == [
        {"Variable": "$.repeated", "IsPresent": True},
        {"Variable": "$.repeated", "BooleanEquals": True},
    ]
    assert ResearchTask.model_fields["repeated"].default is False
    assert STATES[choice["Next"]]["Type"] == "Succeed"


def test_a_step_has_a_time_limit() -> None:
    assert all(STATES[name]["TimeoutSeconds"] <= 60 for name in STEPS)


@pytest.mark.parametrize("name", TELLS)
def test_the_news_of_a_failure_is_an_event_of_ours_and_is_tried_again(name: str) -> None:
    state = STATES[name]
    (entry,) = state["Parameters"]["Entries"]
    assert entry["DetailType"] == entry["Detail"]["type"] == "research.failed"
    assert entry["Source"] == "precall"
    filled = {key.removesuffix(".$"): value for key, value in entry["Detail"].items()} | {"at": NOON}
    assert parse_event(filled).type == "research.failed"
    assert state["Retry"][0]["ErrorEquals"] == ["States.ALL"]


def test_what_a_failed_step_hands_on_is_a_task_with_the_failure() -> None:
    for name, state in STATES.items():
        if state["Type"] != "Pass" or "failures" not in state.get("Parameters", {}):
            continue
        given = json.loads(json.dumps(state["Parameters"]).replace(".$", ""))
        (failure,) = ResearchTask.model_validate(given).failures
        assert failure.step in {"collect", "rank"}, name
