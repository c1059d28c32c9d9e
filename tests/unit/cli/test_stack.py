"""Bringing up a newer version where an older one is deployed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli import sam, stack
from cli.deployment import Local
from cli.home import Home, Problem


@pytest.mark.parametrize(("held", "hint"), [({"port": "1"}, False), ({"port": "1", "deployed": "before"}, True)])
def test_where_an_older_version_cannot_be_changed_the_way_out_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, held: dict[str, str], hint: bool
) -> None:
    def refuse(*given: Any) -> None:
        raise Problem("sam deploy failed: UPDATE_ROLLBACK_COMPLETE")

    monkeypatch.setattr(sam, "build", lambda home, environment: None)
    monkeypatch.setattr(sam, "deploy", refuse)
    home = Home(tmp_path)
    home.write("stack.json", held)
    with pytest.raises(Problem) as problem:
        stack._deploy(home, Local(home), stack.local_config(), "", lambda step: None)
    assert ("`make clean`, then `precall up` again" in str(problem.value)) is hint
