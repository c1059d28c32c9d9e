"""The workflow of a look: collect, rank, hear; it makes no brief, and what fails is on record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from precall.events import parse_event

ROOT = Path(__file__).parents[3]
LOOK: dict[str, Any] = json.loads((ROOT / "look.asl.json").read_text())
STATES: dict[str, dict[str, Any]] = LOOK["States"]
RESEARCH: dict[str, Any] = json.loads((ROOT / "research.asl.json").read_text())["States"]
STEPS = ["Collect", "Rank", "Hear"]


def test_the_steps_are_there_in_order_and_there_is_no_brief() -> None:
    assert LOOK["StartAt"] == "Collect"
    assert [STATES[name].get("Next") for name in STEPS] == ["Still to be done", "Hear", None]
    assert STATES["Still to be done"]["Default"] == "Rank"
    assert "Brief" not in json.dumps(STATES)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_tried_again_as_in_the_research(name: str) -> None:
    assert STATES[name]["Retry"] == RESEARCH["Collect"]["Retry"]
    assert STATES[name]["TimeoutSeconds"] <= 60


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_gives_up_is_told_as_an_event_of_ours(name: str) -> None:
    (catch,) = STATES[name]["Catch"]
    assert catch["ErrorEquals"] == ["States.ALL"]
    tells = STATES[catch["Next"]]
    (entry,) = tells["Parameters"]["Entries"]
    filled = {key.removesuffix(".$"): value for key, value in entry["Detail"].items()} | {"at": "2026-03-12T09:00:00Z"}
    event = parse_event(filled)
    assert entry["DetailType"] == event.type == "look.failed"
    assert getattr(event, "step", None) == name.lower()
    assert tells["Retry"][0]["ErrorEquals"] == ["States.ALL"]


def test_a_look_that_another_execution_has_is_not_done_again() -> None:
    assert STATES["Collect"]["Parameters"] == RESEARCH["Collect"]["Parameters"]
    repeated, _ = STATES["Still to be done"]["Choices"]
    assert repeated == RESEARCH["Still to be done"]["Choices"][0]
    assert STATES[repeated["Next"]]["Type"] == "Succeed"


def test_a_look_beyond_the_days_budget_is_on_record_and_ranks_nothing() -> None:
    _, beyond = STATES["Still to be done"]["Choices"]
    _, research = RESEARCH["Still to be done"]["Choices"]
    assert {**beyond, "Next": ""} == {**research, "Next": ""}
    (entry,) = STATES[beyond["Next"]]["Parameters"]["Entries"]
    assert (entry["DetailType"], entry["Detail"]["error"]) == ("look.failed", "BudgetSpent")
    assert STATES[beyond["Next"]]["End"] is True
