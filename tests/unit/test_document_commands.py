"""Every command that a document names is one that its tool knows."""

from __future__ import annotations

import pytest

from tests.documented import commands, wrong

ALL = commands()


def test_the_documents_name_commands_of_every_tool() -> None:
    assert len(ALL) > 80
    tools = {command.split("=")[-1].split()[-1 if command.startswith("API_") else 0] for _, command in ALL}
    assert {"precall", "make", "aws", "python"} <= tools


@pytest.mark.parametrize(("place", "command"), ALL)
def test_a_command_in_a_document_is_one(place: str, command: str) -> None:
    assert wrong(command) is None, f"{place}: {command}"


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("precall fly", "has no command 'fly'"),
        ("precall status --awss", "has no option --awss"),
        ("precall config push one.yaml two.yaml", "Got unexpected extra argument"),
        ("precall assign LEAD", "Missing argument"),
        ("precall deploy --sender acme.com --sett Name=value", "has no option --sett"),
        ("make coffee", "the Makefile has no coffee"),
        ("make brief COMPANI=Acme", "the Makefile has no COMPANI"),
        ("python -m bench speed", "there is no bench speed"),
        ("python -m replays", "there is no module replays"),
        ("pytest tests/none.py", "there is no tests/none.py"),
        ("aws smm put-parameter", "AWS has no service smm"),
        ("aws ssm put-parameters --name x", "ssm has no operation put-parameters"),
        ("aws ssm put-parameter --name x --valeu y", "has no option --valeu"),
        ("aws ssm put-parameter --name x", "needs --value"),
    ],
)
def test_a_wrong_command_is_told_from_a_right_one(command: str, why: str) -> None:
    assert why in (wrong(command) or "")
