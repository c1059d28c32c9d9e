from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli import sam
from cli.home import Home, Problem


def test_an_emptied_parameter_is_said_or_the_stack_would_keep_its_old_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []

    def call(command: list[str], **_: Any) -> int:
        asked.append(command)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    sam.deploy(Home.at(tmp_path), {"Stage": "development", "ReplayOrigin": ""}, {})
    assert 'ReplayOrigin=""' in asked[0]
    assert "Stage=development" in asked[0]


def test_a_failed_build_is_told_in_the_words_of_the_tool(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def call(command: list[str], *, stdout: Any, **_: Any) -> int:
        stdout.write(b"Building\nBuild Failed\nError: CustomMakeBuilder:MakeBuild - Make Failed\n")
        stdout.flush()
        return 1

    monkeypatch.setattr(subprocess, "call", call)
    with pytest.raises(Problem, match="Make Failed"):
        sam.build(Home.at(tmp_path), {})


def test_parameters_of_the_template_are_named_with_their_values() -> None:
    assert sam.parameters(["BlueskySearch=yes", "PublicUrl="]) == {"BlueskySearch": "yes", "PublicUrl": ""}


@pytest.mark.parametrize("wrong", ["BlueskySearch", "=yes", "--guided=1"])
def test_what_sets_no_parameter_is_said(wrong: str) -> None:
    with pytest.raises(Problem, match="sets no parameter of the template; write for example --set RetentionDays=30"):
        sam.parameters([wrong])
