"""What a person sees who makes a mistake: one line with the fix, and a non-zero exit."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from cli import main
from cli.home import Home, Problem
from cli.sam import digest


def _run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["precall", *arguments])
    with pytest.raises(SystemExit) as ended:
        main.main()
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Home, "at", lambda path=None: Home(tmp_path))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("lead", "Acme"), "start it with `precall up`"),
        (("doctor",), "start it with `precall up`"),
        (("redrive",), "start it with `precall up`"),
        (("show", "some-lead"), "start it with `precall up`"),
        (("research", "Acme", "--as-of", "yesterday"), "is not a date or time; write for example 2022-03-10"),
        (("up", "--data", "/nowhere/at/all"), "there is no folder /nowhere/at/all"),
        (("config", "check", "/nowhere/precall.yaml"), "cannot be read"),
    ],
)
def test_a_mistake_gives_one_line_with_the_fix(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, error = _run(monkeypatch, capsys, *arguments)
    assert code == 1
    assert says in error
    assert "Traceback" not in error


def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = Path("precall.example.yaml").read_text().replace("America/New_York", "America/NewYork")
    file = tmp_path / "precall.yaml"
    file.write_text(text)
    code, error = _run(monkeypatch, capsys, "config", "check", str(file))
    assert code == 1
    assert "reps.0.time_zone" in error
    assert "America/NewYork" in error


def test_status_of_nothing_says_how_to_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["precall", "status"])
    with pytest.raises(SystemExit):
        main.main()
    said = capsys.readouterr().out
    assert said.count("does not run; `precall up` starts it") == 2


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-03-10", datetime(2022, 3, 10, 23, 59, 59, tzinfo=UTC)),
        ("2022-03-10T14:00", datetime(2022, 3, 10, 14, tzinfo=UTC)),
        ("2022-03-10T14:00+01:00", datetime(2022, 3, 10, 14, tzinfo=timezone(timedelta(hours=1)))),
    ],
)
def test_a_date_is_the_end_of_its_day_and_a_bare_time_is_utc(text: str, moment: datetime) -> None:
    assert main._moment(text) == moment


def test_no_date_is_a_problem() -> None:
    with pytest.raises(Problem, match="2022-03-10"):
        main._moment("soon")


def test_the_fingerprint_of_what_is_deployed_changes_with_its_parameters() -> None:
    assert digest("a") == digest("a")
    assert digest("a") != digest("b")
