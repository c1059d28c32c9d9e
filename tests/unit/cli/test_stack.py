"""Bringing the local stack up: on a full disk, and where an older version is deployed."""

from __future__ import annotations

import shutil
from collections import namedtuple
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


def test_what_a_killed_emulator_unpacked_is_gone_when_the_next_one_starts(tmp_path: Path) -> None:
    left = tmp_path / stack.SCRATCH / "ministack-lambda-rank/layer_0/model.onnx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"weights")
    stack._make_room(Home(tmp_path))
    assert list((tmp_path / stack.SCRATCH).iterdir()) == []
    stack.down(Home(tmp_path))
    assert not (tmp_path / stack.SCRATCH).exists()


def test_a_full_disk_is_said_before_anything_starts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100 * 2**30, 99 * 2**30, 2**30 // 2))
    with pytest.raises(Problem, match=r"0\.5 GB are free at .*, the local stack needs 4"):
        stack.start_emulator(Home(tmp_path), print, 4766)
    assert not (tmp_path / "emulator.pid").exists()
