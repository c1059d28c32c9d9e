"""Commands of the documents that are quick and change nothing outside are really run, as a reader would run them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documented import ROOT, commands

pytestmark = pytest.mark.integration
DOCUMENTED = {command for _, command in commands()}
CSV = "company,domain,contact_name\nTarnmoor Robotics,tarnmoor.example,Ines Hartog\n"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("documented", "more", "says"),
    [
        ("precall", ("--help",), "redrive"),
        ("precall config check", ("precall.example.yaml",), "is valid: 2 reps"),
        ("precall deploy --guided --plan", (), "9. First brief"),
        ('precall research "Acme" --domain acme.com', ("--replay",), "BOTTOM LINE"),
        ("precall import leads.csv", ("--check",), "1 "),
    ],
)
def test_it_does_what_it_says(documented: str, more: tuple[str, ...], says: str, tmp_path: Path) -> None:
    assert documented in DOCUMENTED
    (tmp_path / "leads.csv").write_text(CSV)
    _, *words = documented.replace('"', "").replace("leads.csv", str(tmp_path / "leads.csv")).split()
    ended = run(str(Path(sys.executable).parent / "precall"), *words, *more)
    assert ended.returncode == 0, ended.stderr
    assert says in ended.stdout


def test_make_lists_what_can_be_done() -> None:
    ended = run("make")
    assert ended.returncode == 0
    assert "make brief" in ended.stdout
