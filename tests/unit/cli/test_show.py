"""`precall show`: the brief in the terminal, as JSON, as a note."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from brief.render import as_note, as_text
from cli import main
from cli.show import is_heading
from tests.unit.brief.full import full_again
from tests.unit.brief.situation import brief_of

BRIEF = brief_of(full_again())
FORMS = {"brief.txt": as_text(BRIEF), "brief.json": BRIEF.model_dump_json(), "note.txt": as_note(BRIEF)}


class Shown:
    """A lead that has a brief."""

    def __init__(self, *_: object) -> None:
        self.page: dict[str, list[str]] = {"events": []}

    def document(self, name: str) -> str:
        return FORMS[name]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(main, "Shown", Shown)
    monkeypatch.setattr(main, "Local", lambda home: home)
    return CliRunner()


@pytest.mark.parametrize(
    ("option", "says"),
    [("--note", as_note(BRIEF)), ("--trail", '{\n  "events": []\n}\n')],
)
def test_other_forms_are_printed_as_they_are(run: CliRunner, option: str, says: str) -> None:
    assert run.invoke(main.app, ["show", "lead-1", option]).stdout == says


def test_json_is_the_brief_itself(run: CliRunner) -> None:
    printed = run.invoke(main.app, ["show", "lead-1", "--json"]).stdout
    assert json.loads(printed) == json.loads(FORMS["brief.json"])
    assert "“" in printed, "readable, not escaped"


def test_headings_are_told_from_what_they_head() -> None:
    headings = [line for line in FORMS["brief.txt"].splitlines() if is_heading(line)]
    assert headings[:3] == ["KESTRELON LOGISTICS GMBH", "BOTTOM LINE", "WHAT IS HAPPENING"]
    assert all(heading[0] not in "*-1" for heading in headings)
